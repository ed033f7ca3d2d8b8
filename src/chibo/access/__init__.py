"""Floor 1: who may do what, as one pure function that every use case asks."""

from chibo.access.rights import Act, Actor, NotAllowedError, Ruling, actor_of, allowed, require

__all__ = ["Act", "Actor", "NotAllowedError", "Ruling", "actor_of", "allowed", "require"]
