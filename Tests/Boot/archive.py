"""Archives of cpio's form newc, as the kernel unpacks them, and their sizes in its memory."""

import gzip
import os
import stat

PAGE = 4096


def header(name, mode, byte_count):
    """A file's header with its name, filled up to 4 bytes."""
    fields = [1, mode, 0, 0, 1, 0, byte_count, 0, 0, 0, 0, len(name) + 1, 0]
    text = b"070701" + b"".join(b"%08X" % field for field in fields)
    return filled(text + name.encode() + b"\0", 4)


def filled(data, unit):
    return data + b"\0" * (-len(data) % unit)


def trailer():
    return filled(header("TRAILER!!!", 0, 0), 512)


def file_pages(byte_count):
    """What a file takes in the kernel's file system of memory."""
    return -(-byte_count // PAGE) * PAGE


class Archive:
    """Folders, files and links, put together one after the other."""

    def __init__(self):
        self._parts = []
        self._folders = set()
        self.unpacked_byte_count = 0

    def add(self, name, data, mode=0o755):
        self._add_folders(os.path.dirname(name))
        self._parts.append(header(name, stat.S_IFREG | mode, len(data)) + filled(data, 4))
        self.unpacked_byte_count += file_pages(len(data))

    def add_link(self, name, target):
        self._add_folders(os.path.dirname(name))
        data = target.encode()
        self._parts.append(header(name, stat.S_IFLNK | 0o777, len(data)) + filled(data, 4))

    def add_tree(self, folder):
        """Adds what lies in a folder; of its libraries' links the files that they name."""
        for path, folders, names in sorted(os.walk(folder)):
            for name in sorted(names + [f for f in folders if os.path.islink(f"{path}/{f}")]):
                full = os.path.join(path, name)
                relative = os.path.relpath(full, folder)
                if os.path.islink(full):
                    self.add_link(relative, os.readlink(full))
                else:
                    with open(full, "rb") as file:
                        self.add(relative, file.read())

    def _add_folders(self, folder):
        if not folder or folder in self._folders:
            return
        self._add_folders(os.path.dirname(folder))
        self._folders.add(folder)
        self._parts.append(header(folder, stat.S_IFDIR | 0o755, 0))

    def compressed(self, level=6):
        """With zeros behind, so that another archive may follow."""
        data = b"".join(self._parts) + trailer()
        return filled(gzip.compress(data, level, mtime=0), 512)
