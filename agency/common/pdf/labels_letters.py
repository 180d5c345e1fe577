"""Words of faxes, memos and blank forms."""

LETTERS = {
    "fax_letter": ("传真", "Fax"),
    "memo_letter": ("便笺", "Memo"),
    "company": ("公司", "Company"),
    "fax_number": ("传真号", "Fax no."),
    "sender": ("发件人", "From"),
    "copy_to": ("抄送", "Copies"),
    "pages_all": ("总页数", "Pages in all"),
    "wished_on": ("希望日期", "Wished by"),
    "text": ("正文", "Text"),
    "fax_missing": (
        "如有缺页或字迹不清，请即来电告知。",
        "If a page is missing or cannot be read, please call us at once.",
    ),
    "form_number": ("编号", "No."),
}
