"""The cache of production: Redis, of which every failure is a miss.

What a cache holds can be made again, so a visitor must never notice that it is away: not by an
error, and not by waiting. Rate limits count nothing while it is away: their lock is given
(`add` says yes) and their history is empty.
"""

from __future__ import annotations

import hmac
import logging
import re
from collections.abc import Callable
from hashlib import blake2b
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache.backends.redis import RedisCache, RedisCacheClient, RedisSerializer
from redis.exceptions import ConnectionError, RedisError, TimeoutError

from network.circuit import Circuit

logger = logging.getLogger(__name__)

SECONDS = 0.25  # to connect, and for one answer
AWAY = (ConnectionError, TimeoutError, OSError)
SEAL = 16  # bytes before a value
NUMBER = re.compile(rb"-?\d{1,20}")

T = TypeVar("T")


class Unreadable(RedisError):
    """What was kept is no value of ours: half written, or by another release."""


class Serializer(RedisSerializer):
    """Puts a seal of this site on each value: what somebody else wrote under a key of ours is no
    value, and is never unpickled. Numbers go without, because Redis itself counts in them."""

    def dumps(self, obj: Any) -> Any:
        kept = super().dumps(obj)
        return kept if isinstance(kept, int) else _seal(kept) + kept

    def loads(self, data: Any) -> Any:
        seal, kept = data[:SEAL], data[SEAL:]
        if hmac.compare_digest(seal, _seal(kept)):
            data = kept
        elif not NUMBER.fullmatch(data):
            raise Unreadable
        try:
            return super().loads(data)
        except Exception as error:  # a pickle can fail in any way
            raise Unreadable from error


def _seal(kept: bytes) -> bytes:
    key = blake2b(settings.SECRET_KEY.encode(), person=b"cache").digest()
    return blake2b(kept, key=key, digest_size=SEAL).digest()


class MissingClient(RedisCacheClient):
    """Each answer of Django's client, or what a cache without the key would have said."""

    # One for the process: Django makes a client for every thread.
    circuit = Circuit()

    def __init__(self, servers: list[str], **options: Any) -> None:
        patience = {"socket_connect_timeout": SECONDS, "socket_timeout": SECONDS}
        super().__init__(servers, serializer=Serializer, **{**patience, **options})

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        return self._or(super().add, key, value, timeout, instead=True)

    def get(self, key: Any, default: Any) -> Any:
        return self._or(super().get, key, default, instead=default)

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        self._or(super().set, key, value, timeout, instead=None)

    def touch(self, key: Any, timeout: Any) -> bool:
        return self._or(super().touch, key, timeout, instead=False)

    def delete(self, key: Any) -> bool:
        return self._or(super().delete, key, instead=False)

    def get_many(self, keys: Any) -> dict[Any, Any]:
        return self._or(super().get_many, keys, instead={})

    def has_key(self, key: Any) -> bool:
        return self._or(super().has_key, key, instead=False)

    def incr(self, key: Any, delta: Any) -> int:
        found = self._or(super().incr, key, delta, instead=None)
        if found is None:
            raise ValueError(f"Key {key!r} not found.")
        return found

    def set_many(self, data: Any, timeout: Any) -> None:
        self._or(super().set_many, data, timeout, instead=None)

    def delete_many(self, keys: Any) -> None:
        self._or(super().delete_many, keys, instead=None)

    def clear(self) -> bool:
        return self._or(super().clear, instead=False)

    def _or(self, ask: Callable[..., T], *words: Any, instead: T) -> T:
        if not self.circuit.may_try():
            return instead
        try:
            found = ask(*words)
        except AWAY:
            if self.circuit.failed():
                logger.warning("The cache does not answer; the site goes on without.")
            return instead
        except RedisError:  # it answered, with a refusal: full, or a value that is none
            found = instead
        self.circuit.answered()
        return found


class MissingCache(RedisCache):
    """BACKEND in the settings."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = MissingClient
