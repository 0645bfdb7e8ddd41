"""From the tokens of the compact syntax to the tree that the XML syntax would give (its chapters 1 and 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from teiwright.relaxng.compact.tokens import Is, Token, tokens
from teiwright.relaxng.errors import SchemaError
from teiwright.relaxng.names import XML
from teiwright.relaxng.tree import Node

_XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
_ANNOTATIONS = "http://relaxng.org/ns/compatibility/annotations/1.0"
_KEYWORDS = frozenset(
    {
        *("attribute", "default", "datatypes", "div", "element", "empty", "external", "grammar", "include", "inherit"),
        *("list", "mixed", "namespace", "notAllowed", "parent", "start", "string", "text", "token"),
    }
)
_OPERATORS = {",": "group", "|": "choice", "&": "interleave"}
_SUFFIXES = {"*": "zeroOrMore", "+": "oneOrMore", "?": "optional"}
_COMBINE = {"=": "", "|=": "choice", "&=": "interleave"}
_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class _Noted:
    """What stands before a pattern for people: only documentation is kept."""

    documentation: str = ""


@dataclass(slots=True)
class _Declared:
    """The prefixes of a file; ``None`` is the namespace of the place that includes it."""

    inherited: str
    default: str
    prefixes: dict[str, str] = field(default_factory=lambda: {"xml": XML})
    libraries: dict[str, str] = field(default_factory=lambda: {"xsd": _XSD})


def read_compact(path: Path, data: bytes, namespace: str, annotations: set[str]) -> Node:
    """The root of a schema file, as ``syntax.read`` gives it."""
    return _Reader(path, list(tokens(path, data)), namespace, annotations).top()


class _Reader:
    """Walks over the tokens; each method reads what its name says, and has read it when it returns."""

    def __init__(self, path: Path, found: Sequence[Token], namespace: str, annotations: set[str]) -> None:
        self._path = path
        self._base = path.resolve().as_uri()
        self._tokens = found
        self._annotations = annotations
        self._at = 0
        self._depth = 0
        self._known = _Declared(namespace, namespace)

    # -- tokens

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._next
        self._at += token.kind is not Is.END
        return token

    def _is(self, text: str, ahead: int = 0) -> bool:
        token = self._tokens[min(self._at + ahead, len(self._tokens) - 1)]
        return token.text == text and token.kind in {Is.SIGN, Is.NAME}

    def _accept(self, text: str) -> bool:
        if not self._is(text):
            return False
        self._at += 1
        return True

    def _expect(self, text: str) -> Token:
        if not self._is(text):
            raise self._refuse(self._next, f"{self._next} stands where `{text}` is expected")
        return self._take()

    def _refuse(self, token: Token, message: str) -> SchemaError:
        return SchemaError(self._path, token.line, message, token.column)

    def _node(
        self,
        tag: str,
        token: Token,
        children: Sequence[Node] = (),
        *,
        text: str = "",
        library: str = "",
        namespace: str | None = None,
        **attributes: str,
    ) -> Node:
        space = self._known.default if namespace is None else namespace
        known = self._known.prefixes
        made = Node(tag, attributes, known, space, library, self._base, self._path, token.line, token.column)
        made.children, made.text = list(children), text
        return made

    # -- declarations

    def top(self) -> Node:
        """A whole file."""
        while self._next.text in {"namespace", "default", "datatypes"} and self._next.kind is Is.NAME:
            self._declaration()
        begin = self._next
        is_grammar = self._begins_definitions()
        root = self._node("grammar", begin, self._definitions()) if is_grammar else self._pattern()
        if self._next.kind is not Is.END:
            raise self._refuse(self._next, f"{self._next} stands where the end of the schema is expected")
        return root

    def _declaration(self) -> None:
        keyword = self._take()
        if keyword.text == "datatypes":
            prefix = self._identifier_or_keyword().text
            self._expect("=")
            self._known.libraries[prefix] = self._literal()
            return
        is_default = keyword.text == "default"
        if is_default:
            self._expect("namespace")
        named = None if self._is("=") else self._identifier_or_keyword()
        self._expect("=")
        uri = self._known.inherited if self._accept("inherit") else self._literal()
        if named is not None:
            if named.text in self._known.prefixes and self._known.prefixes[named.text] != uri:
                raise self._refuse(named, f"the prefix {named} is declared twice")
            self._known.prefixes[named.text] = uri
        elif not is_default:
            raise self._refuse(keyword, "`namespace` has no prefix")
        if is_default:
            self._known.default = uri

    def _namespace(self, token: Token) -> str:
        prefix = token.text.partition(":")[0]
        if prefix not in self._known.prefixes:
            raise self._refuse(token, f"the prefix `{prefix[:40]}` is not declared")
        return self._known.prefixes[prefix]

    def _literal(self) -> str:
        parts = []
        while True:
            token = self._take()
            if token.kind is not Is.LITERAL:
                raise self._refuse(token, f"{token} stands where a text in quotes is expected")
            parts.append(token.text)
            if not self._accept("~"):
                return "".join(parts)

    def _identifier_or_keyword(self) -> Token:
        token = self._take()
        if token.kind not in {Is.NAME, Is.QUOTED}:
            raise self._refuse(token, f"{token} stands where a name is expected")
        return token

    # -- annotations

    def _noted(self) -> _Noted:
        """Documentation, and annotations in brackets, before a pattern."""
        said: list[str] = []
        while self._next.kind is Is.DOCUMENTATION:
            said.append(self._take().text)
        if self._is("["):
            said += self._bracket()
        return _Noted(" ".join(said))

    def _bracket(self) -> list[str]:
        """Over brackets and all within; the documentation that stands there."""
        opened = self._expect("[")
        said: list[str] = []
        while not self._accept("]"):
            token = self._take()
            match token.kind:
                case Is.END:
                    raise self._refuse(opened, "this `[` is not closed")
                case Is.PREFIXED if self._is("["):
                    if self._note(token):
                        said += [each.text for each in self._tokens[self._at : self._end()] if each.kind is Is.LITERAL]
                    self._bracket()
                case Is.SIGN if token.text == "[":
                    self._at -= 1
                    self._bracket()
                case Is.SIGN if token.text not in {"=", "~", ">>"}:
                    raise self._refuse(token, f"{token} stands in an annotation")
        return said

    def _note(self, token: Token) -> bool:
        """Remember an annotation's namespace; whether it is documentation."""
        namespace = self._namespace(token)
        if namespace == _ANNOTATIONS:
            return token.text.endswith(":documentation")
        self._annotations.add(namespace)
        return False

    def _end(self) -> int:
        depth, at = 0, self._at
        while at < len(self._tokens):
            token = self._tokens[at]
            depth += (token.kind is Is.SIGN) * ((token.text == "[") - (token.text == "]"))
            at += 1
            if not depth:
                break
        return at

    def _follow(self) -> None:
        """Annotations after what they are about."""
        while self._accept(">>"):
            self._annotation()

    def _annotation(self) -> None:
        token = self._take()
        if token.kind is Is.PREFIXED:
            self._note(token)
        elif token.kind not in {Is.NAME, Is.QUOTED}:
            raise self._refuse(token, f"{token} stands where an annotation is expected")
        self._bracket()

    # -- definitions

    def _begins_definitions(self) -> bool:
        before = self._at
        self._noted()
        token = self._next
        is_one = (
            token.kind is Is.END
            or (token.kind is Is.NAME and token.text in {"start", "div", "include"})
            or (token.kind in {Is.NAME, Is.QUOTED} and any(self._is(sign, 1) for sign in _COMBINE))
            or self._is_annotation()
        )
        self._at = before
        return is_one

    def _is_annotation(self) -> bool:
        """Whether an annotation stands for itself; its name is no keyword."""
        token = self._next
        is_named = token.kind in {Is.QUOTED, Is.PREFIXED} or (token.kind is Is.NAME and token.text not in _KEYWORDS)
        return is_named and self._is("[", 1)

    def _definitions(self, *, including: bool = False) -> list[Node]:
        found: list[Node] = []
        while self._next.kind is not Is.END and not self._is("}"):
            self._noted()
            token = self._next
            if self._is_annotation():
                self._annotation()
            elif token.kind is Is.NAME and token.text in {"start", "div", "include"}:
                found.append(self._keyword_definition(self._take(), including=including))
            else:
                found.append(self._definition(self._identifier(), "define"))
        return found

    def _identifier(self) -> Token:
        token = self._take()
        if token.kind is Is.NAME and token.text in _KEYWORDS:
            raise self._refuse(token, f"the keyword {token} stands where a name is expected; write `\\{token.text}`")
        if token.kind not in {Is.NAME, Is.QUOTED}:
            raise self._refuse(token, f"{token} stands where a definition is expected")
        return token

    def _definition(self, token: Token, tag: str) -> Node:
        sign = self._take()
        if sign.kind is not Is.SIGN or sign.text not in _COMBINE:
            raise self._refuse(sign, f"{sign} stands where `=`, `|=` or `&=` is expected")
        made = self._node(tag, token, [self._pattern()])
        named = {"name": token.text} if tag == "define" else {}
        combine = _COMBINE[sign.text]
        made.attributes = {**named, **({"combine": combine} if combine else {})}
        return made

    def _keyword_definition(self, token: Token, *, including: bool) -> Node:
        match token.text:
            case "start":
                return self._definition(token, "start")
            case "div":
                self._expect("{")
                made = self._node("div", token, self._definitions(including=including))
                self._expect("}")
                return made
            case _ if including:
                raise self._refuse(token, "`include` stands in `include`")
            case _:
                href, namespace = self._literal(), self._inherit()
                own: list[Node] = []
                if self._accept("{"):
                    own = self._definitions(including=True)
                    self._expect("}")
                return self._node("include", token, own, namespace=namespace, href=href)

    def _inherit(self) -> str:
        if not self._accept("inherit"):
            return self._known.default
        self._expect("=")
        return self._namespace(self._identifier_or_keyword())

    # -- patterns

    def _pattern(self) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._refuse(self._next, f"it nests deeper than {_DEEPEST} patterns")
        begin = self._next
        items = [self._particle()]
        sign = self._next
        operator = sign.text if sign.kind is Is.SIGN and sign.text in _OPERATORS else ""
        while operator and self._accept(operator):
            items.append(self._particle())
        if operator and self._next.kind is Is.SIGN and self._next.text in _OPERATORS:
            raise self._refuse(self._next, f"{self._next} and `{operator}` stand side by side: put one in parentheses")
        self._depth -= 1
        return items[0] if len(items) == 1 else self._node(_OPERATORS[operator], begin, items)

    def _particle(self) -> Node:
        noted, token = self._noted(), self._next
        node = self._primary()
        node.documentation = noted.documentation or node.documentation
        self._follow()
        if self._next.kind is Is.SIGN and self._next.text in _SUFFIXES:
            node = self._node(_SUFFIXES[self._take().text], token, [node])
            self._follow()
        return node

    def _primary(self) -> Node:
        token = self._take()
        match token.kind, token.text:
            case Is.SIGN, "(":
                inner = self._pattern()
                self._expect(")")
                return inner
            case Is.LITERAL, _:
                self._at -= 1
                return self._node("value", token, text=self._literal())
            case Is.PREFIXED, _:
                prefix, _, name = token.text.partition(":")
                if prefix not in self._known.libraries:
                    raise self._refuse(token, f"the prefix `{prefix[:40]}` of datatypes is not declared")
                return self._typed(token, name, self._known.libraries[prefix])
            case Is.NAME, ("string" | "token"):
                return self._typed(token, token.text, "")
            case Is.QUOTED, _:
                return self._node("ref", token, name=token.text)
            case Is.NAME, name if name not in _KEYWORDS:
                return self._node("ref", token, name=name)
            case Is.NAME, keyword:
                return self._of_keyword(token, keyword)
            case _:
                raise self._refuse(token, f"{token} stands where a pattern is expected")

    def _of_keyword(self, token: Token, keyword: str) -> Node:
        match keyword:
            case "element" | "attribute":
                names = self._names("" if keyword == "attribute" else self._known.default)
                return self._node(keyword, token, [names, self._braced()])
            case "mixed" | "list":
                return self._node(keyword, token, [self._braced()])
            case "empty" | "text" | "notAllowed":
                return self._node(keyword, token)
            case "parent":
                return self._node("parentRef", token, name=self._identifier().text)
            case "external":
                href = self._literal()
                return self._node("externalRef", token, namespace=self._inherit(), href=href)
            case "grammar":
                self._expect("{")
                made = self._node("grammar", token, self._definitions())
                self._expect("}")
                return made
            case _:
                raise self._refuse(token, f"the keyword {token} stands where a pattern is expected")

    def _braced(self) -> Node:
        self._expect("{")
        inner = self._pattern()
        self._expect("}")
        return inner

    def _typed(self, token: Token, name: str, library: str) -> Node:
        if self._next.kind is Is.LITERAL:
            return self._node("value", token, text=self._literal(), library=library, type=name)
        children: list[Node] = []
        if self._accept("{"):
            while not self._accept("}"):
                self._noted()
                param = self._identifier_or_keyword()
                self._expect("=")
                children.append(self._node("param", param, text=self._literal(), name=param.text))
        if self._accept("-"):
            minus = self._next
            self._noted()
            children.append(self._node("except", minus, [self._primary()]))
        return self._node("data", token, children, library=library, type=name)

    # -- names

    def _names(self, default: str) -> Node:
        begin = self._next
        items = [self._name_class(default)]
        while self._accept("|"):
            items.append(self._name_class(default))
        return items[0] if len(items) == 1 else self._node("choice", begin, items)

    def _name_class(self, default: str) -> Node:
        self._noted()
        token = self._take()
        match token.kind, token.text:
            case Is.SIGN, "(":
                inner = self._names(default)
                self._expect(")")
                node = inner
            case Is.SIGN, "*":
                node = self._node("anyName", token, self._except(default))
            case Is.WILDCARD, _:
                node = self._node("nsName", token, self._except(default), namespace=self._namespace(token))
            case Is.PREFIXED, text:
                node = self._node("name", token, text=text.partition(":")[2], namespace=self._namespace(token))
            case ((Is.NAME | Is.QUOTED), text):
                node = self._node("name", token, text=text, namespace=default)
            case _:
                raise self._refuse(token, f"{token} stands where a name is expected")
        self._follow()
        return node

    def _except(self, default: str) -> list[Node]:
        if not self._accept("-"):
            return []
        return [self._node("except", self._next, [self._name_class(default)])]
