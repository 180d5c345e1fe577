from archives.services import letters, saved
from archives.services.ads import add_ad, add_file, change_ad, file_of_ad
from archives.services.answers import answer, confirm_answer, record_answer
from archives.services.dispatches import dispatch
from archives.services.documents import (
    file_document,
    keep_until,
    may_void,
    name_job,
    supersede,
    void_document,
)
from archives.services.files import keep_text, keep_words, tell_findings, tell_rot
from archives.services.finding import abandon, note_opened, note_search
from archives.services.handover import open_duties, reassign
from archives.services.incoming import discard_incoming, file_incoming, keep_reading, receive
from archives.services.letters_in import take_letter
from archives.services.loans import lend_tape, remind_loan, return_tape
from archives.services.logo import put_logo
from archives.services.mails import came_back, it_arrived, note_delivery, note_trouble, send_again
from archives.services.previews import keep_preview
from archives.services.tape_paper import print_tape_sheet
from archives.services.tapes import create_tape, discard_tape, lose_tape, update_tape
from archives.services.trails import file_trail
from archives.services.uploads import file_upload, file_version, may_renew
from archives.services.waivers import end_waiver, waive

__all__ = [
    "abandon",
    "add_ad",
    "add_file",
    "answer",
    "came_back",
    "change_ad",
    "confirm_answer",
    "create_tape",
    "discard_incoming",
    "discard_tape",
    "dispatch",
    "end_waiver",
    "file_document",
    "file_incoming",
    "file_of_ad",
    "file_trail",
    "file_upload",
    "file_version",
    "it_arrived",
    "keep_preview",
    "keep_reading",
    "keep_text",
    "keep_until",
    "keep_words",
    "lend_tape",
    "letters",
    "lose_tape",
    "may_renew",
    "may_void",
    "name_job",
    "note_delivery",
    "note_opened",
    "note_search",
    "note_trouble",
    "open_duties",
    "print_tape_sheet",
    "put_logo",
    "reassign",
    "receive",
    "record_answer",
    "remind_loan",
    "return_tape",
    "saved",
    "send_again",
    "supersede",
    "take_letter",
    "tell_findings",
    "tell_rot",
    "update_tape",
    "void_document",
    "waive",
]
