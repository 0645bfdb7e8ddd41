"""Schematron as ISO/IEC 19757-3 has it, feature by feature."""

import sys
from pathlib import Path

import pytest
from lxml import etree

from teiwright.checking import ForeignSchema, Language, Manner, check, load_schema
from teiwright.checking.schematron import Rules, run_schematron, running
from teiwright.diagnostics import Code, TeiwrightError

TEI = "http://www.tei-c.org/ns/1.0"
SCH = "http://purl.oclc.org/dsdl/schematron"
XSL = "http://www.w3.org/1999/XSL/Transform"
RNG = "http://relaxng.org/ns/structure/1.0"


def schema(body: str, *, binding: str = "xslt2", more: str = "") -> str:
    return (
        f'<schema xmlns="{SCH}" xmlns:xsl="{XSL}" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'queryBinding="{binding}" {more}><ns prefix="t" uri="{TEI}"/>'
        f'<ns prefix="xs" uri="http://www.w3.org/2001/XMLSchema"/><ns prefix="f" uri="urn:f"/>{body}</schema>'
    )


def rule(context: str, test: str, words: str = "broken", more: str = "") -> str:
    return f'<rule context="{context}"><assert test="{test}" {more}>{words}</assert></rule>'


@pytest.fixture
def outcome(tmp_path):
    """What a schema finds in a document."""

    def run(text: str, document: str, phase: str = "#DEFAULT"):
        path = tmp_path / "rules.sch"
        path.write_text(text, "utf-8")
        tree = etree.fromstring(document.replace("<TEI", f'<TEI xmlns="{TEI}"', 1)).getroottree()
        return run_schematron(Rules(path, phase=phase), tree)

    return run


@pytest.fixture
def messages(outcome):
    return lambda *arguments: [broken.message for broken in outcome(*arguments).broken]


@pytest.fixture
def refused(outcome):
    def run(text: str, phase: str = "#DEFAULT") -> str:
        with pytest.raises(TeiwrightError) as stopped:
            outcome(text, "<TEI/>", phase)
        assert stopped.value.finding.code is Code.UNREADABLE_SCHEMA
        return stopped.value.finding.message

    return run


# -- what applies to nothing


@pytest.mark.parametrize(
    ("context", "meant"),
    [
        ("p", "t:p"),
        ("div/p[@n = 'a|b']", "t:p"),
        ("p | head", "t:p"),
        ("t:p", None),
        ("t:div | p", None),
        ("*", None),
        ("@n", None),
        ("text()", None),
        ("/", None),
    ],
)
def test_a_rule_whose_context_has_no_prefix_applies_to_nothing_in_tei(tmp_path, context, meant):
    path = tmp_path / "rules.sch"
    always = '<rule context="t:TEI"><assert test="1">A</assert></rule>'
    rules = f'{always}</pattern><pattern>\n<rule context="{context}"><assert test="1">B</assert></rule>'
    path.write_text(schema(f"<pattern>{rules}</pattern>"), "utf-8")
    document = tmp_path / "a.xml"
    document.write_text(f'<TEI xmlns="{TEI}"/>')
    found = [(each.code, each.where.line, each.hint) for each in check(document, path).findings]
    assert found == ([(Code.RULE_WITHOUT_PREFIX, 2, f"write `{meant}`")] if meant else [])
    document.write_text("<TEI/>")
    assert Code.RULE_WITHOUT_PREFIX not in {each.code for each in check(document, path).findings}


# -- phases

TWO_PHASES = schema(
    '<phase id="draft"><let name="least" value="1"/><active pattern="one"/></phase>'
    '<phase id="final"><active pattern="one"/><active pattern="two"/></phase>'
    f'<pattern id="one">{rule("t:TEI", "false()", "one")}</pattern>'
    f'<pattern id="two">{rule("t:TEI", "false()", "two")}</pattern>'
    f'<pattern id="three">{rule("t:TEI", "false()", "three")}</pattern>',
    more='defaultPhase="draft"',
)


@pytest.mark.parametrize(
    ("phase", "expected"),
    [
        ("#DEFAULT", ["one"]),
        ("draft", ["one"]),
        ("final", ["one", "two"]),
        ("#ALL", ["one", "two", "three"]),
    ],
)
def test_a_phase_selects_patterns(messages, phase, expected):
    assert messages(TWO_PHASES, "<TEI/>", phase) == expected


def test_without_a_default_phase_all_patterns_are_tried(messages):
    assert messages(TWO_PHASES.replace('defaultPhase="draft"', ""), "<TEI/>") == ["one", "two", "three"]


def test_a_phase_has_variables_of_its_own(messages):
    text = schema(
        '<phase id="strict"><let name="least" value="2"/><active pattern="p"/></phase>'
        f'<pattern id="p">{rule("t:TEI", "count(t:p) ge $least")}</pattern>'
    )
    assert messages(text, "<TEI><p/></TEI>", "strict") == ["broken"]
    assert messages(text, "<TEI><p/><p/></TEI>", "strict") == []


def test_a_phase_that_is_not_there_is_refused_with_those_that_are(refused, outcome):
    assert refused(TWO_PHASES, "fnal") == "the schema has no phase `fnal`"
    with pytest.raises(TeiwrightError) as stopped:
        outcome(TWO_PHASES, "<TEI/>", "fnal")
    assert stopped.value.finding.hint == "the phases are `draft`, `final`"


@pytest.mark.parametrize(
    ("rule", "message", "hint"),
    [
        (
            '<rule context="tei:p"><assert test="1">A</assert></rule>',
            "the expression `tei:p` is wrong: the prefix `tei` is not declared",
            'write `t:` if TEI is meant, or declare it: `<ns prefix="tei" uri="…"/>`',
        ),
        (
            '<rule context="p"><assert test="count(q">A</assert></rule>',
            "the expression `count(q` is wrong: after `q` expected ), found its end",
            "look for a bracket, a quotation mark or an operator that is missing or too many",
        ),
        (
            '<rule context="p"><report test="matchs(., \'x\')">A</report></rule>',
            "the expression `matchs(., 'x')` is wrong: there is no function `matchs` of 2 arguments",
            "look at its name, and at how many values it takes; functions of other packages are not there",
        ),
        (
            '<rule context="p"><let name="n" value="$m"/><assert test="$n">A</assert></rule>',
            "the expression `$m` is wrong: the variable `$m` is not declared",
            'declare it above: `<let name="m" value="…"/>`',
        ),
    ],
)
def test_what_is_wrong_with_an_expression_is_said_at_its_line_in_words(outcome, rule, message, hint):
    text = schema(f'<pattern>\n<rule context="q"><assert test="1">A</assert></rule>\n{rule}\n</pattern>')
    with pytest.raises(TeiwrightError) as stopped:
        outcome(text, "<TEI/>")
    found = stopped.value.finding
    assert (found.message, found.hint) == (message, hint)
    assert found.where.line == text[: text.index(rule)].count("\n") + 1


def test_a_test_cannot_reach_out_of_its_own_expression(messages):
    text = schema('<pattern><rule context="TEI"><assert test="false()) or (true()">A</assert></rule></pattern>')
    with pytest.raises(TeiwrightError):
        messages(text, "<TEI/>")


def test_a_wrong_expression_of_an_included_file_is_said_of_that_file(outcome, tmp_path):
    rules = f'<pattern xmlns="{SCH}">\n\n<rule context="p"><assert test="1 +">A</assert></rule></pattern>'
    (tmp_path / "more.sch").write_text(rules)
    with pytest.raises(TeiwrightError) as stopped:
        outcome(schema('<include href="more.sch"/>'), "<TEI/>")
    where = stopped.value.finding.where
    assert (Path(where.path).name, where.line) == ("more.sch", 3)


def test_a_phase_of_a_pattern_that_is_not_there_is_refused(refused):
    text = schema('<phase id="a"><active pattern="gone"/></phase>')
    assert "names the pattern `gone`" in refused(text, "a")


# -- variables


def test_two_patterns_may_use_one_name_for_two_things(messages):
    text = schema(
        f'<pattern><let name="x" value="1"/>{rule("t:p[. = string($x)]", "false()", "p is 1")}</pattern>'
        f'<pattern><let name="x" value="2"/>{rule("t:p[. = string($x)]", "false()", "p is 2")}</pattern>'
    )
    assert messages(text, "<TEI><p>2</p><p>1</p></TEI>") == ["p is 1", "p is 2"]


def test_variables_of_schema_pattern_and_rule_see_each_other(messages):
    text = schema(
        '<let name="a" value="1"/><pattern><let name="b" value="$a + 1"/><rule context="t:p">'
        '<let name="c" value="$b + number(.)"/><assert test="false()"><value-of select="$c"/></assert></rule></pattern>'
    )
    assert messages(text, "<TEI><p>5</p><p>6</p></TEI>") == ["7", "8"]


def test_a_variable_may_have_content_in_place_of_a_value(messages):
    text = schema(
        '<let name="known"><item xmlns="">a</item><item xmlns="">b</item></let>'
        f"<pattern>{rule('t:p', '. = $known/item')}</pattern>"
    )
    assert messages(text, "<TEI><p>b</p><p>c</p></TEI>") == ["broken"]


NAME = '<name path="@n"/>'


def test_keys_and_functions_of_xslt(messages):
    text = schema(
        '<xsl:key name="by-n" match="t:p" use="@n"/>'
        '<xsl:function name="f:twice" as="xs:boolean"><xsl:param name="of"/>'
        "<xsl:sequence select=\"count(key('by-n', $of/@n, root($of))) gt 1\"/></xsl:function>"
        f"<pattern>{rule('t:p', 'not(f:twice(.))', NAME)}</pattern>"
    )
    assert messages(text, '<TEI><p n="1"/><p n="2"/><p n="1"/></TEI>') == ["n", "n"]


def test_keys_and_functions_may_stand_in_patterns_and_rules(messages):
    text = schema(
        '<pattern><xsl:key name="ids" match="t:p" use="@n"/><rule context="t:q"><xsl:function name="f:one">'
        '<xsl:sequence select="1"/></xsl:function><assert test="key(\'ids\', @r) and f:one() = 1">no</assert></rule>'
        "</pattern>"
    )
    assert messages(text, '<TEI><p n="a"/><q r="a"/><q r="b"/></TEI>') == ["no"]


# -- abstract rules and patterns


def test_parameters_of_an_abstract_pattern_reach_all_its_attributes(messages):
    text = schema(
        '<pattern abstract="true" id="unique"><rule context="$item"><let name="others" value="$scope/$item"/>'
        '<assert test="count($others[@n = current()/@n]) = 1"><name/> <value-of select="$say"/></assert></rule>'
        "</pattern>"
        '<pattern is-a="unique" id="paragraphs"><param name="item" value="t:p"/><param name="scope" value="//t:TEI"/>'
        '<param name="say" value="\'twice\'"/></pattern>'
    )
    assert messages(text, '<TEI><p n="1"/><p n="1"/><p n="2"/></TEI>') == ["p twice", "p twice"]


def test_an_abstract_rule_inside_an_abstract_pattern_gets_its_parameters(messages):
    text = schema(
        '<pattern abstract="true" id="shape"><rule abstract="true" id="needs"><assert test="@$what">none</assert>'
        '</rule><rule context="t:p"><extends rule="needs"/></rule></pattern>'
        '<pattern is-a="shape" id="a"><param name="what" value="n"/></pattern>'
    )
    assert messages(text, '<TEI><p n="1"/><p/></TEI>') == ["none"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('<pattern is-a="gone" id="a"/>', "there is no abstract pattern `gone`"),
        ('<pattern><rule context="t:p"><extends rule="gone"/></rule></pattern>', "there is no abstract rule `gone`"),
        (
            '<pattern><rule abstract="true" id="a"><extends rule="a"/></rule>'
            '<rule context="t:p"><extends rule="a"/></rule></pattern>',
            "there is no abstract rule `a`, or it extends itself",
        ),
        (
            '<pattern documents="$x"><rule context="t:p"><assert test="1">x</assert></rule></pattern>',
            "a pattern judges other documents (@documents), which is not supported",
        ),
        ("<pattern><rule><assert test='1'>x</assert></rule></pattern>", "`rule` has no @context"),
        (
            '<pattern><rule context="t:p"><assert test="1" diagnostics="gone">x</assert></rule></pattern>',
            "there is no diagnostic `gone`",
        ),
        ('<xsl:include href="x.xsl"/>', "the schema reads or writes files, which is not allowed"),
    ],
)
def test_what_a_schema_cannot_say_is_refused(refused, body, message):
    assert refused(schema(body)).startswith(message)


# -- includes


@pytest.fixture
def beside(tmp_path):
    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return write


def test_a_pattern_may_be_included(messages, beside):
    beside("parts/p.sch", f'<pattern xmlns="{SCH}"><include href="r.sch"/></pattern>')
    beside("parts/r.sch", f'<rule xmlns="{SCH}" context="t:p"><assert test="false()">included</assert></rule>')
    assert messages(schema('<include href="parts/p.sch"/>'), "<TEI><p/></TEI>") == ["included"]


def test_a_part_of_a_file_may_be_included(messages, beside):
    beside(
        "all.sch",
        schema(
            f'<pattern id="a">{rule("t:p", "false()", "a")}</pattern><pattern id="b">{rule("t:p", "false()", "b")}'
            "</pattern>"
        ),
    )
    assert messages(schema('<include href="all.sch#b"/>'), "<TEI><p/></TEI>") == ["b"]


def test_a_rule_may_extend_one_of_another_file(messages, beside):
    beside("r.sch", f'<rule xmlns="{SCH}" abstract="true" id="r"><assert test="@n">no n</assert></rule>')
    text = schema('<pattern><rule context="t:p"><extends href="r.sch"/></rule></pattern>')
    assert messages(text, '<TEI><p/><p n="1"/></TEI>') == ["no n"]


@pytest.mark.parametrize(
    ("href", "message"),
    [
        ("/etc/hostname", "leads out of the schema's folder"),
        ("../x.sch", "leads out of the schema's folder"),
        ("http://example.org/x.sch", "is no local file, and rules are not fetched"),
        ("gone.sch", "there is no file `gone.sch`"),
        ("rules.sch", "the schema includes itself"),
        ("loop.sch", "the schema includes itself"),
    ],
)
def test_an_include_that_cannot_be_followed_is_refused(refused, beside, href, message):
    beside("loop.sch", f'<pattern xmlns="{SCH}"><include href="loop.sch"/></pattern>')
    assert message in refused(schema(f'<include href="{href}"/>'))


def test_a_folder_that_the_user_trusts_may_be_included_from(beside):
    shared = beside("shared/p.sch", f'<pattern xmlns="{SCH}">{rule("*", "false()", "shared")}</pattern>')
    path = beside("own/rules.sch", schema('<include href="../shared/p.sch"/>'))
    tree = etree.fromstring("<a/>").getroottree()
    outcome = run_schematron(Rules(path, trusted=(shared.parent,)), tree)
    assert [broken.message for broken in outcome.broken] == ["shared"]


# -- what a finding says


def test_all_that_may_stand_in_a_message(messages):
    words = '<name/> <emph>has</emph> <span class="x">no</span> <dir value="rtl">n</dir>: <value-of select="1 + 1"/>'
    text = schema(f"<pattern>{rule('t:p', '@n', words)}</pattern>")
    assert messages(text, "<TEI><p/></TEI>") == ["p has no n: 2"]


def test_a_name_may_be_that_of_another_node(messages):
    text = schema('<pattern><rule context="t:p"><assert test="@n">in <name path=".."/></assert></rule></pattern>')
    assert messages(text, "<TEI><p/></TEI>") == ["in TEI"]


def test_diagnostics_and_properties_become_hints(outcome):
    text = schema(
        '<pattern><rule context="t:p"><assert test="@n" diagnostics="d e" properties="owner">no n</assert></rule>'
        "</pattern>"
        '<diagnostics><diagnostic id="d">give <value-of select="name()"/> a number</diagnostic>'
        '<diagnostic id="e">or leave it</diagnostic></diagnostics>'
        '<properties><property id="owner">editors</property></properties>'
    )
    (broken,) = outcome(text, "<TEI><p/></TEI>").broken
    assert broken.hints == ("give p a number", "or leave it", "owner: editors")


SUBJECT = 'subject="t:p[1]"'


def test_a_subject_says_what_a_finding_is_about(outcome):
    text = schema(f"<pattern>{rule('t:TEI', 't:p/@n', more=SUBJECT)}</pattern>")
    (broken,) = outcome(text, "<TEI><p/></TEI>").broken
    assert etree.QName(broken.element).localname == "p"


@pytest.mark.parametrize("context", ["@n", "text()", "comment()", "processing-instruction()", "t:p | @n"])
def test_a_context_may_be_any_node_and_the_element_with_it_is_named(outcome, context):
    text = schema(f"<pattern>{rule(context, 'false()')}</pattern>")
    found = outcome(text, '<TEI><p n="1">x<!--c--><?p i?></p></TEI>').broken
    assert {etree.QName(broken.element).localname for broken in found} == {"p"}


@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("", Code.RULE_BROKEN),
        ("error", Code.RULE_BROKEN),
        ("FATAL", Code.RULE_BROKEN),
        ("of its own", Code.RULE_BROKEN),
        ("warning", Code.RULE_DOUBTED),
        ("Warn", Code.RULE_DOUBTED),
        ("nonfatal", Code.RULE_DOUBTED),
        ("information", Code.RULE_REMARK),
        ("info", Code.RULE_REMARK),
    ],
)
@pytest.mark.parametrize("place", ["assert", "rule", "pattern"])
def test_the_role_says_how_grave_it_is(beside, edition_of, role, code, place):
    roles = {each: f'role="{role}"' if each == place and role else "" for each in ("assert", "rule", "pattern")}
    path = beside(
        "roles.sch",
        schema(
            f'<pattern {roles["pattern"]}><rule context="t:p" {roles["rule"]}>'
            f'<assert test="false()" {roles["assert"]}>here</assert></rule></pattern>'
        ),
    )
    (found,) = check(edition_of(f'<TEI xmlns="{TEI}"><p/></TEI>'), path).findings
    assert found.code is code


def test_the_role_of_a_test_counts_more_than_that_of_its_rule(beside, edition_of):
    text = schema('<pattern><rule context="t:p" role="error"><report role="info" test="1">x</report></rule></pattern>')
    (found,) = check(edition_of(f'<TEI xmlns="{TEI}"><p/></TEI>'), beside("s.sch", text)).findings
    assert found.code is Code.RULE_REMARK


def test_a_finding_has_line_and_column(beside, edition_of):
    path = beside("s.sch", schema(f"<pattern>{rule('t:p/@n', 'false()')}</pattern>"))
    (found,) = check(edition_of(f'<TEI xmlns="{TEI}">\n  <q/><p n="1"/>\n</TEI>'), path).findings
    assert (found.where.line, found.where.column, found.where.xpath) == (2, 7, "/TEI/p")


# -- tests that fail by themselves


def test_a_test_that_cannot_be_tried_is_told_once_and_stops_no_other(beside, edition_of):
    path = beside(
        "s.sch",
        schema(
            f'<pattern id="bad">{rule("t:p", "xs:date(@n) gt xs:date(@n)")}</pattern>'
            f'<pattern id="good">{rule("t:p", "false()", "after it")}</pattern>'
        ),
    )
    found = check(edition_of(f'<TEI xmlns="{TEI}"><p n="x"/><p n="x"/></TEI>'), path).findings
    assert [d.code for d in found] == [Code.RULE_BROKEN, Code.RULE_NOT_TRIED, Code.RULE_BROKEN]
    untried = found[1].message
    assert untried.startswith("a test of the rule `bad` cannot be tried, 2 times in this document: ")


# -- the older bindings


@pytest.mark.parametrize("binding", ["xslt", "xslt1"])
def test_xpath_1_compares_as_it_did(messages, binding):
    """In XPath 1.0 strings are compared as numbers by ``<``, and a sequence has the value of its first node."""
    text = schema(
        '<pattern><rule context="t:p"><assert test="@n &lt; \'10\'">not less</assert></rule></pattern>'
        '<pattern><rule context="t:TEI"><report test="true()"><value-of select="t:p"/></report></rule></pattern>',
        binding=binding,
    )
    assert messages(text, '<TEI><p n="9">first</p><p n="11">second</p></TEI>') == ["not less", "first"]


def test_schematron_1_5_is_understood(tmp_path):
    path = tmp_path / "old.sch"
    path.write_text(
        '<schema xmlns="http://www.ascc.net/xml/schematron"><pattern name="Old"><rule context="p">'
        '<assert test="@n">no n</assert></rule></pattern></schema>'
    )
    outcome = run_schematron(path, etree.fromstring("<a><p/></a>").getroottree())
    assert [broken.message for broken in outcome.broken] == ["no n"]


# -- inside a grammar

GRAMMAR = f"""<grammar xmlns="{RNG}" xmlns:sch="{SCH}" xmlns:xsl="{XSL}" ns="{TEI}">
<sch:ns prefix="t" uri="{TEI}"/>
<xsl:key name="n" match="t:p" use="@n"/>
<start><element name="TEI"><oneOrMore><ref name="p"/></oneOrMore></element></start>
<define name="p"><element name="p">
  <pattern xmlns="{SCH}" id="number"><sch:rule context="t:p[@n]"><sch:let name="n" value="@n"/>
    <sch:assert test="count(key('n', $n)) = 1">the number <sch:value-of select="$n"/> comes twice</sch:assert>
  </sch:rule></pattern>
  <sch:rule context="t:p"><sch:assert test="normalize-space(.)" role="warning">empty</sch:assert></sch:rule>
  <optional><attribute name="n" ns=""/></optional><text/></element></define>
</grammar>"""


def test_rules_inside_a_grammar_are_tried_with_it(beside, edition_of):
    path = beside("g.rng", GRAMMAR)
    found = check(edition_of(f'<TEI xmlns="{TEI}"><p n="1">A</p><p n="1"/><q/></TEI>'), path).findings
    assert [(d.code.value[0], d.message.partition(" (rule")[0]) for d in found] == [
        (511, "the number 1 comes twice"),
        (511, "the number 1 comes twice"),
        (512, "empty"),
        (503, "`q` (quoted) is TEI, but not in this schema"),
    ]


def test_rules_inside_a_grammar_can_be_left_out(beside, edition_of):
    schema_ = load_schema(beside("g.rng", GRAMMAR), Manner(rules=False))
    assert check(edition_of(f'<TEI xmlns="{TEI}"><p/></TEI>'), schema_).findings == ()


def test_rules_of_an_included_grammar_are_tried_too(beside, edition_of):
    beside("g.rng", GRAMMAR)
    path = beside("outer.rng", f'<grammar xmlns="{RNG}"><include href="g.rng"/></grammar>')
    found = check(edition_of(f'<TEI xmlns="{TEI}"><p/></TEI>'), path).findings
    assert [d.code for d in found] == [Code.RULE_DOUBTED]


def test_a_rule_that_stands_twice_is_told_once(beside, edition_of):
    beside("g.rng", GRAMMAR)
    again = GRAMMAR.replace("<define", '<define combine="choice"').replace("<start", '<start combine="choice"')
    again = again.replace("</grammar>", '<include href="g.rng"/></grammar>')
    found = check(edition_of(f'<TEI xmlns="{TEI}"><p n="1">A</p><p n="1">B</p></TEI>'), beside("two.rng", again))
    assert [d.code for d in found.findings] == [Code.RULE_BROKEN] * 2


def test_a_phase_of_a_schematron_does_not_concern_a_grammar_without_phases(beside, edition_of):
    found = check(
        edition_of(f'<TEI xmlns="{TEI}"><p/></TEI>'),
        ForeignSchema(beside("g.rng", GRAMMAR), Language.RELAXNG, manner=Manner(phase="final")),
    ).findings
    assert [d.code for d in found] == [Code.RULE_DOUBTED]


# -- rules that never end

ENDLESS = (
    '<xsl:function name="f:on"><xsl:param name="n"/><xsl:sequence select="if ($n lt 0) then 0 else f:on($n + 1)"/>'
    f"</xsl:function><pattern>{rule('*', 'f:on(1) = 0')}</pattern>"
)

OTHER = schema(f"<pattern>{rule('*', 'false()', 'other')}</pattern>")
ENDLESS_GRAMMAR = f"""<grammar xmlns="{RNG}" xmlns:sch="{SCH}" ns="{TEI}"><sch:ns prefix="f" uri="urn:f"/>
<xsl:function xmlns:xsl="{XSL}" name="f:on" xmlns:f="urn:f"><xsl:param name="n"/>
<xsl:sequence select="if ($n lt 0) then 0 else f:on($n + 1)"/></xsl:function>
<sch:pattern><sch:rule context="*"><sch:assert test="f:on(1) = 0">never</sch:assert></sch:rule></sch:pattern>
<start><element name="TEI"><empty/></element></start></grammar>"""


def test_a_rule_that_never_ends_is_stopped_and_the_next_schema_is_tried(beside, edition_of):
    endless, other = beside("endless.sch", schema(ENDLESS)), beside("other.sch", OTHER)
    edition = edition_of(f'<TEI xmlns="{TEI}"/>')
    with pytest.raises(TeiwrightError) as stopped:
        check(edition, ForeignSchema(endless, Language.SCHEMATRON, seconds=1.0))
    assert stopped.value.finding.code is Code.SCHEMA_TOO_SLOW
    assert stopped.value.finding.message == "Saxon gave no answer about the schema in 1 seconds"
    assert [found.message for found in check(edition, other).findings] == ["other (rule `p0`)"]


@pytest.fixture
def little_memory(monkeypatch):
    """Saxon has 300 MB, and what it needs to start."""
    monkeypatch.setattr(running, "MEMORY", 300 * 1024**2)
    running._process.cache_clear()
    yield
    running._process.cache_clear()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts what a process writes to")
@pytest.mark.usefixtures("little_memory")
def test_a_rule_that_eats_all_memory_is_stopped_and_the_next_schema_is_tried(beside, edition_of):
    greedy = schema(f"<pattern>{rule('*', 'count(array{1 to 100000000}?*) = 0', 'greedy')}</pattern>")
    edition = edition_of(f'<TEI xmlns="{TEI}"/>')
    with pytest.raises(TeiwrightError) as stopped:
        check(edition, load_schema(beside("greedy.sch", greedy)))
    assert stopped.value.finding.code is Code.UNREADABLE_SCHEMA
    assert stopped.value.finding.hint == "look for one that calls itself, or needs much memory"
    assert [found.message for found in check(edition, beside("other.sch", OTHER)).findings] == ["other (rule `p0`)"]


def test_what_a_grammar_finds_is_told_though_its_rules_never_end(beside, tmp_path):
    grammar = beside("endless.rng", ENDLESS_GRAMMAR)
    document = tmp_path / "a.xml"
    document.write_text(f'<TEI xmlns="{TEI}"><p/></TEI>', "utf-8")
    found = check(document, ForeignSchema(grammar, Language.RELAXNG, seconds=1.0)).findings
    assert {each.code for each in found} == {Code.SCHEMA_TOO_SLOW, Code.ELEMENT_NOT_ALLOWED}
