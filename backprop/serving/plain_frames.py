"""The frames that browsers send, read in one go: whole masked texts. For all others there is wsproto."""

from __future__ import annotations

WHOLE_TEXT = 0x81  # the last frame of a message, of text, without extensions
MASKED = 0x80
IN_TWO_BYTES = 126  # so says the first byte of a size of 126 to 65535
MASK_BYTES = 4


class PlainFrames:
    """Read whole texts as long as nothing else comes; then give up, and say what is left for a thorough reader.

    It keeps at most one message that is not whole yet, of a size that may be one.
    """

    def __init__(self) -> None:
        """Begin at the beginning of a frame."""
        self._waiting = b""

    def texts(self, data: bytes) -> tuple[list[str], bytes | None]:
        """Return the texts that are whole now, and None; or, for good, what a thorough reader has to go on from."""
        read, at = self._waiting + data, 0
        found: list[str] = []
        while at < len(read):
            if read[at] != WHOLE_TEXT:
                return found, read[at:]
            if len(read) - at < 2:
                break
            size, begin = read[at + 1] - MASKED, at + 2
            if size == IN_TWO_BYTES:
                if len(read) - at < 4:
                    break
                size, begin = int.from_bytes(read[at + 2:at + 4], "big"), at + 4
                if size < IN_TWO_BYTES:  # it should have been said in one
                    return found, read[at:]
            elif not 0 <= size < IN_TWO_BYTES:
                return found, read[at:]
            end = begin + MASK_BYTES + size
            if len(read) < end:
                break
            try:
                found.append(_unmasked(read[begin:begin + MASK_BYTES], read[begin + MASK_BYTES:end]).decode())
            except UnicodeDecodeError:
                return found, read[at:]
            at = end
        self._waiting = read[at:]
        return found, None


def _unmasked(mask: bytes, data: bytes) -> bytes:
    size = len(data)
    whole = (mask * (size // MASK_BYTES + 1))[:size]
    return (int.from_bytes(data, "big") ^ int.from_bytes(whole, "big")).to_bytes(size, "big")
