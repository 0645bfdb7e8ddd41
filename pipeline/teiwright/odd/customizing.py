"""A ``schemaSpec`` and what it refers to, made one: USE, section "Making a Unified ODD"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches

from lxml import etree

from teiwright.diagnostics import Code, Diagnostic, TeiwrightError
from teiwright.odd.documents import Document, Origin, local
from teiwright.odd.external import read_external
from teiwright.odd.merging import attributes_in, merged, without
from teiwright.odd.prose import prose
from teiwright.odd.reading import SPECIFICATIONS, Reader
from teiwright.odd.references import data_and_macros
from teiwright.odd.schemas import Items
from teiwright.odd.sources import Sources, is_tei
from teiwright.odd.specification import (
    TEI_NAMESPACE,
    AttributeList,
    ClassSpec,
    DataSpec,
    ElementSpec,
    External,
    MacroSpec,
    Odd,
    Rule,
    Specification,
)

_TEI = f"{{{TEI_NAMESPACE}}}"
_KINDS: dict[str, type[Specification]] = {
    "elementRef": ElementSpec,
    "classRef": ClassSpec,
    "macroRef": MacroSpec,
    "dataRef": DataSpec,
}
_KNOWN = {
    "moduleRef": {"key", "include", "except", "url", "prefix", "source", "n"},
    "elementRef": {"key", "source", "n"},
    "classRef": {"key", "include", "except", "source", "n"},
    "macroRef": {"key", "source", "n"},
    "dataRef": {"key", "source", "n"},
}


class Customizer:
    """Makes one schema; collects what a person should know about it."""

    def __init__(self, document: Document, schema: etree._Element, sources: Sources) -> None:
        self._document = document
        self._schema = schema
        self._sources = sources
        self._origin = document.origin(schema)
        self._language = (schema.get("docLang") or "en").split()[0]
        self._specs: dict[str, Specification] = {}
        self._written: dict[str, Origin] = {}
        self._deleted: set[str] = set()
        self._rules: list[Rule] = []
        self._externals: list[External] = []
        self._beyond: Mapping[str, Specification] = {}
        """What could have been taken over, too: empty if the ODD refers to nothing."""
        self.notes: list[Diagnostic] = []

    def odd(self) -> Odd:
        """The schema."""
        ident = self._schema.get("ident")
        if not ident:
            self._origin.refuse(Code.BROKEN_ODD, "`schemaSpec` has no @ident")
        items = Items(self._document, self._sources)
        found = list(items.of(self._schema))
        for document, element in found:
            if local(element) in _KNOWN:
                self._refer(document.origin(element), element)
        self._basis(found)
        for document, element in found:
            if local(element) not in _KNOWN:
                self._specify(document, element)
        self._check_memberships()
        self._needed()
        self.notes += [*items.notes, *items.left_out()]
        return Odd(
            path=str(self._document.path),
            ident=ident,
            origin=self._origin,
            namespace=self._schema.get("ns", TEI_NAMESPACE),
            prefix=self._schema.get("prefix", ""),
            start=tuple(self._schema.get("start", "TEI").split()),
            title=self._title(),
            specifications=self._specs,
            rules=tuple(self._rules),
            externals=tuple(self._externals),
        )

    def _title(self) -> str:
        said = prose(self._schema, "desc", self._language)
        title = self._document.root.find(f".//{_TEI}titleStmt")
        return said or (prose(title, "title", self._language) if title is not None else None) or ""

    def _note(self, origin: Origin, message: str, hint: str | None = None) -> None:
        self.notes.append(origin.finding(Code.ODD_WITHOUT_EFFECT, message, hint))

    # -- references: what is taken over

    def _refer(self, origin: Origin, element: etree._Element) -> None:
        name = local(element)
        for attribute in sorted(set(map(str, element.attrib)) - _KNOWN[name]):
            if not attribute.startswith("{") and attribute not in {"minOccurs", "maxOccurs"}:
                close = get_close_matches(attribute.replace("exclude", "except"), _KNOWN[name], 1)
                hint = f"did you mean @{close[0]}?" if close else None
                self._note(origin, f"`{name}` has no @{attribute}, and nothing comes of it", hint)
        if name == "moduleRef" and element.get("url"):
            self._externals.append(read_external(element, origin, self._sources))
        else:
            library = self._library(element, origin)
            key = element.get("key") or ""
            if not key:
                origin.refuse(Code.BROKEN_ODD, f"`{name}` has no @key")
            if name == "moduleRef":
                self._module(element, key, library, origin)
            else:
                self._single(element, key, library, origin)

    def _library(self, element: etree._Element, origin: Origin) -> Mapping[str, Specification]:
        return self._sources.library(self._source(element), origin, self._language)

    def _source(self, element: etree._Element) -> str | None:
        return element.get("source") or self._schema.get("source")

    def _left_out(self, element: etree._Element, key: str, what: str = "elementRef") -> str | None:
        """How to have what another ODD leaves out, if one is what this takes from."""
        source = self._source(element)
        if source is None or is_tei(source):
            return None
        return f'if TEI has it, take it from there: `<{what} key="{key}" source="tei:current"/>`'

    def _module(self, element: etree._Element, key: str, library: Mapping[str, Specification], origin: Origin) -> None:
        include, leave = element.get("include", "").split(), element.get("except", "").split()
        if include and leave:
            origin.refuse(Code.BROKEN_ODD, "@include and @except exclude each other", "keep one of them")
        members = [ident for ident in library if library[ident].module == key]
        if not members:
            modules = sorted({module for spec in library.values() if (module := spec.module)})
            origin.refuse(Code.UNKNOWN_MODULE, f"there is no module `{key}`", _meant(key, modules))
        elements = [ident for ident in members if isinstance(library[ident], ElementSpec)]
        for name in (*include, *leave):
            if name not in elements:
                where = library[name].module if name in library else None
                hint = f"it belongs to the module `{where}`" if where else _meant(name, elements)
                if where == key:
                    hint = "it is no element; what else a module has comes with it anyway"
                gone = None if where or name not in include else self._left_out(element, name)
                of = f" of `{self._source(element)}`" if gone else ""
                self._note(origin, f"the module `{key}`{of} has no element `{name}`", hint or gone)
        for ident in members:
            if ident not in elements or ((not include or ident in include) and ident not in leave):
                self._specs.setdefault(ident, library[ident])

    def _single(self, element: etree._Element, key: str, library: Mapping[str, Specification], origin: Origin) -> None:
        kind = _KINDS[local(element)]
        spec = library.get(key)
        if not isinstance(spec, kind):
            known = [ident for ident in library if isinstance(library[ident], kind)]
            gone = self._left_out(element, key, local(element))
            where = f"in `{self._source(element)}`" if gone else ""
            message = f"`{local(element)}` names `{key}`, which is not specified {where}".rstrip()
            origin.refuse(Code.UNKNOWN_SPECIFICATION, message, _meant(key, known) or gone)
        if isinstance(spec, ClassSpec):
            spec = self._part_of_class(spec, element, origin)
        self._specs[key] = spec

    def _part_of_class(self, spec: ClassSpec, element: etree._Element, origin: Origin) -> ClassSpec:
        """A class with some of its attributes only (TD, `classRef/@include` and `@except`)."""
        include, leave = element.get("include", "").split(), element.get("except", "").split()
        if not include and not leave:
            return spec
        names = [part.ident for part in attributes_in(spec.attributes)]
        for name in (*include, *leave):
            if name not in names:
                self._note(origin, f"the class `{spec.ident}` has no attribute `{name}`", _meant(name, names))
        gone = {name for name in names if (include and name not in include) or name in leave}
        return replace(spec, attributes=without(spec.attributes or AttributeList(), gone))

    def _basis(self, items: Iterable[tuple[Document, etree._Element]]) -> None:
        """The classes of the module `tei` stand under all others: they are there if anything of TEI is."""
        if not any(local(element) in _KNOWN and not element.get("url") for _, element in items):
            return
        self._beyond = library = self._library(self._schema, self._origin)
        for ident in library:
            spec = library[ident]
            if isinstance(spec, ClassSpec) and spec.module == "tei":
                self._specs.setdefault(ident, spec)

    def _check_memberships(self) -> None:
        """Where TEI's own specifications name a class that was not taken over, that is meant; elsewhere it is told."""
        for spec in self._specs.values():
            for member in (spec.classes if isinstance(spec, ElementSpec | ClassSpec) else None) or ():
                if member.key in self._specs or member.origin.document is not self._document:
                    continue
                message = f"`{spec.ident}` is a member of `{member.key}`, which is not in the schema"
                if member.key in self._beyond:
                    self._note(member.origin, message, f'take it over: `<classRef key="{member.key}"/>`')
                else:
                    known = [ident for ident, other in self._specs.items() if isinstance(other, ClassSpec)]
                    member.origin.refuse(Code.UNKNOWN_SPECIFICATION, message, _meant(member.key, known))

    def _needed(self) -> None:
        """Macros and datatypes that something refers to come with it."""
        waiting = list(self._specs.values())
        while waiting:
            for key in data_and_macros(waiting.pop()):
                spec = self._beyond.get(key)
                if key not in self._specs and key not in self._deleted and isinstance(spec, MacroSpec | DataSpec):
                    self._specs[key] = spec
                    waiting.append(spec)

    # -- specifications: what is added, changed, replaced, deleted

    def _specify(self, document: Document, element: etree._Element) -> None:
        exceptions = self._schema.get("defaultExceptions")
        reader = Reader(document, self._language, *([] if exceptions is None else [exceptions]))
        if local(element) == "constraintSpec":
            self._rules.extend(reader.rule(element))
        elif local(element) == "constraintDecl":
            self._rules.append(reader.declaration(element))
        elif local(element) in SPECIFICATIONS:
            self._apply(reader.specification(element))
        for origin in reader.uncompiled:
            scheme = origin.element.get("scheme")
            name = origin.element.get("ident", "constraintDecl")
            self._note(
                origin,
                f"the rule `{name}` is in `{scheme}`, which is not compiled",
                "write it in Schematron",
            )

    def _apply(self, spec: Specification) -> None:
        ident, here = spec.ident, self._specs.get(spec.ident)
        if here is not None and type(here) is not type(spec):
            self._refuse_twice(spec, here.origin)
        match spec.mode:
            case "delete":
                self._delete(spec)
            case "change":
                self._change(spec, here)
            case mode:
                if ident in self._written:
                    self._refuse_twice(spec, self._written[ident])
                if here is not None and mode == "add":
                    self._note(
                        spec.origin,
                        f"`{ident}` is added, but is there already; this one stands in its place",
                        'write mode="replace" if that is meant, or mode="change"',
                    )
                self._specs[ident] = self._settled(spec)
        self._written[ident] = spec.origin

    def _settled(self, spec: Specification) -> Specification:
        """A new specification has no deletions of its own to keep."""
        if isinstance(spec, ElementSpec | ClassSpec) and spec.classes is not None:
            return replace(spec, classes=tuple(m for m in spec.classes if m.mode != "delete"))
        return spec

    def _refuse_twice(self, spec: Specification, other: Origin) -> None:
        finding = spec.origin.finding(
            Code.DUPLICATE_SPECIFICATION, f"`{spec.ident}` is specified twice", "keep one specification per name"
        )
        raise TeiwrightError(replace(finding, related=(other.location,)))

    def _delete(self, spec: Specification) -> None:
        if spec.ident in self._specs:
            del self._specs[spec.ident]
        else:
            hint = "take this out" if spec.ident in self._beyond else _meant(spec.ident, self._specs)
            self._note(spec.origin, f"`{spec.ident}` is deleted, but was not in the schema anyway", hint)
        self._deleted.add(spec.ident)

    def _change(self, spec: Specification, here: Specification | None) -> None:
        base = here or self._beyond.get(spec.ident)
        if base is None or type(base) is not type(spec):
            known = [ident for ident in {*self._beyond, *self._specs} if isinstance(self._named(ident), type(spec))]
            self._note(spec.origin, f"`{spec.ident}` is changed, but is specified nowhere", _meant(spec.ident, known))
            return
        if here is None and isinstance(spec, ElementSpec):
            self._note(
                spec.origin,
                f"`{spec.ident}` is changed, but is not in the schema",
                f'put it there: `<elementRef key="{spec.ident}"/>`',
            )
        else:
            self._specs[spec.ident] = merged(base, spec)

    def _named(self, ident: str) -> Specification | None:
        return self._specs.get(ident) or self._beyond.get(ident)


def _meant(name: str, known: Iterable[str]) -> str | None:
    close = get_close_matches(name, sorted(known), 1)
    return f"did you mean `{close[0]}`?" if close else None
