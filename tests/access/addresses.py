"""Every address that the URL configuration has, found by walking it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """A leaf of the URL configuration: its name with namespaces, its route, the names of its arguments."""

    name: str
    route: str
    arguments: tuple[str, ...]

    @property
    def in_admin(self) -> bool:
        return self.route.startswith("admin/")


def all_addresses(urlconf: str | None = None) -> list[Address]:
    return list(_below(get_resolver(urlconf), (), "", ()))


def _below(
    resolver: URLResolver, namespaces: tuple[str, ...], route: str, arguments: tuple[str, ...]
) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        named = (*arguments, *pattern.pattern.converters, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLPattern):
            name = ":".join((*namespaces, pattern.name or ""))
            yield Address(name, here, tuple(dict.fromkeys(named)))
        else:
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _below(pattern, inner, here, named)
