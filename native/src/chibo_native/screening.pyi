DECLARATION: int
CONTROL: int
NOT_ASCII: int
REFERENCE: int
LONG_TAG: int
DEEP: int

def screen(content: bytes, deepest: int) -> int: ...
def is_utf_8(content: bytes) -> bool: ...
