"""The bytes of a JSON-LD file, in; its expanded form, in which every key is a whole address, out. Nothing is fetched.

Runs in a process with limits (child.py), as contexts can name each other in costly ways.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from orgchart.packages import NotReadableError

BASE: Final = "http://file.invalid/"
ORG: Final = "http://www.w3.org/ns/org#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
DCT: Final = "http://purl.org/dc/terms/"
SCHEMA: Final = "http://schema.org/"


def _links(prefix: str, *terms: str) -> dict[str, object]:
    return {term: {"@id": prefix + term, "@type": "@id"} for term in terms}


_SCHEMA_TERMS: Final[Mapping[str, object]] = {
    "@vocab": SCHEMA, "schema": SCHEMA, "id": "@id", "type": "@type",
    **_links(SCHEMA, "subOrganization", "parentOrganization", "department"),
}  # fmt: skip
_ORG_TERMS: Final[Mapping[str, object]] = {
    "org": ORG, "skos": SKOS, "rdfs": RDFS, "foaf": FOAF, "dct": DCT, "dcterms": DCT, "id": "@id", "type": "@type",
    **{name: ORG + name for name in ("Organization", "FormalOrganization", "OrganizationalUnit", "identifier")},
    **_links(ORG, "subOrganizationOf", "hasSubOrganization", "unitOf", "hasUnit", "classification"),
    "prefLabel": SKOS + "prefLabel", "altLabel": SKOS + "altLabel", "notation": SKOS + "notation",
    "label": RDFS + "label",
}  # fmt: skip
# What files name as their context, without its beginning and end: the terms that units need, and no more.
_KNOWN: Final[Mapping[str, Mapping[str, object]]] = {
    "schema.org": _SCHEMA_TERMS,
    "schema.org/docs/jsonldcontext.json": _SCHEMA_TERMS,
    "schema.org/docs/jsonldcontext.jsonld": _SCHEMA_TERMS,
    "w3.org/ns/org": _ORG_TERMS,
    "w3.org/ns/org.jsonld": _ORG_TERMS,
}


def expanded(content: bytes, _: str = "") -> list[Any]:
    """The expanded document, ids seen from BASE. Raises NotReadableError for a context that is not known here, and for
    what is no JSON-LD."""
    from pyld import jsonld

    try:
        document = json.loads(content.decode("utf-8-sig"))
        answer: list[Any] = jsonld.expand(document, {"base": BASE, "documentLoader": _known_context})
    except _UnknownContextError as error:
        raise NotReadableError(str(error)) from None
    except jsonld.JsonLdError as error:
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, _UnknownContextError):
                raise NotReadableError(str(cause)) from None
            cause = getattr(cause, "cause", None) or cause.__cause__
        code = error.code or str(error).splitlines()[0].strip("()',")
        raise NotReadableError(f"as JSON-LD it has a fault ({code})") from None
    except RecursionError:
        raise NotReadableError("its parts are nested too deeply") from None
    return answer


class _UnknownContextError(Exception):
    """A context that would have to be fetched."""


def _known_context(address: str, _: object = None) -> dict[str, object]:
    key = address.partition("://")[2].removeprefix("www.").rstrip("/#")
    if key not in _KNOWN:
        raise _UnknownContextError(
            f'its context "{address[:200]}" is not known here, and nothing is fetched: write its terms into the '
            'file, {"@context": {"org": "http://www.w3.org/ns/org#", …}}'
        )
    return {
        "contentType": "application/ld+json", "contextUrl": None, "documentUrl": address,
        "document": {"@context": dict(_KNOWN[key])},
    }  # fmt: skip
