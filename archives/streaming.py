"""Films and sound come in as a stream, straight into the store's temporary folder (C14, C20)."""

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from archives import storage


class StreamedUpload(UploadedFile):
    """An upload whose bytes are staged already; what is not filed goes with the request."""

    def __init__(self, staged, name, content_type):
        super().__init__(staged.path.open("rb"), name, content_type, staged.size)
        self.staged = staged

    def close(self):
        super().close()
        self.staged.drop()


class StoreUploadHandler(FileUploadHandler):
    """Writes each piece where the file will lie and hashes it on the way. StoreGone, StoreFull."""

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.file = storage.begin()

    def receive_data_chunk(self, raw_data, start):
        self.file.write(raw_data)

    def file_complete(self, file_size):
        return StreamedUpload(self.file.end(), self.file_name, self.content_type)

    def upload_interrupted(self):
        if hasattr(self, "file"):
            self.file.close()
