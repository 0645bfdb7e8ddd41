<?xml version="1.0" encoding="UTF-8"?>
<!-- The first pass, which all views share. It copies the edition and writes on its elements what every view
     must say alike: ids, note labels, plain titles, levels of headings, who a name means.
     It adds attributes only, so that the path of an element is the same before and after it. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:map="http://www.w3.org/2005/xpath-functions/map"
                xmlns:t="urn:x-teiwright:edition" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                expand-text="yes" exclude-result-prefixes="#all">

  <xsl:mode name="t:prepare" use-accumulators="#all" on-no-match="shallow-copy" on-multiple-match="fail"/>

  <xsl:accumulator name="t:paragraphs" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text//p" select="$value + 1"/>
  </xsl:accumulator>

  <xsl:accumulator name="t:notes" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text//note" select="$value + 1"/>
  </xsl:accumulator>

  <xsl:accumulator name="t:pages" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text//pb" select="$value + 1"/>
  </xsl:accumulator>

  <!-- The printed number of the page on which one is; the empty string before the first page break, and where a page
       has no number. -->
  <xsl:accumulator name="t:page" as="xs:string" initial-value="''">
    <xsl:accumulator-rule match="text//pb" select="normalize-space(@n)"/>
  </xsl:accumulator>

  <!-- How many titles of a document or of its parts have begun: the first of them is the title of the page. -->
  <xsl:accumulator name="t:titled" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text//head[t:is-title(.)] | text//titlePart[t:is-title(.)]" select="$value + 1"/>
  </xsl:accumulator>

  <xsl:accumulator name="t:names" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text//(persName | placeName | orgName | name | rs)" select="$value + 1"/>
  </xsl:accumulator>

  <!-- The ids that are taken, in document order, each with the last number that was put behind it; `now ` is the
       one just given. An id that occurs twice (only in a document that is not valid) gets a number at its second place. -->
  <xsl:accumulator name="t:used" as="map(xs:string, item())" initial-value="map{}">
    <xsl:accumulator-rule match="text//*[t:wants-id(.)]" phase="start">
      <xsl:variable name="wish" as="xs:string" select="t:wished-id(.)"/>
      <xsl:variable name="number" as="xs:integer"
                    select="if (map:contains($value, $wish)) then t:free-number($wish, $value($wish) + 1, $value) else 1"/>
      <xsl:variable name="id" as="xs:string" select="if ($number eq 1) then $wish else $wish || '-' || $number"/>
      <xsl:sequence select="$value => map:put($id, 1) => map:put($wish, $number) => map:put('now ', $id)"/>
    </xsl:accumulator-rule>
  </xsl:accumulator>

  <xsl:template match="text//*[t:wants-id(.)]" as="element()" mode="t:prepare">
    <xsl:copy>
      <xsl:sequence select="@*"/>
      <xsl:attribute name="t:id" select="accumulator-before('t:used')('now ')"/>
      <xsl:if test="accumulator-before('t:page') ne ''">
        <xsl:attribute name="t:page" select="accumulator-before('t:page')"/>
      </xsl:if>
      <xsl:apply-templates select="." mode="t:facts"/>
      <xsl:apply-templates mode="t:prepare"/>
    </xsl:copy>
  </xsl:template>

  <!-- What a view shows is text with single spaces; line ends within a paragraph are layout of the file. -->
  <xsl:template match="text//text()" as="text()?" mode="t:prepare">
    <xsl:variable name="spaced" as="xs:string" select="translate(., '&#9;&#10;&#13;', '   ')"/>
    <xsl:value-of select="if (contains($spaced, '  ')) then replace($spaced, '  +', ' ') else $spaced"/>
  </xsl:template>

  <xsl:template match="text//comment() | text//processing-instruction()" as="empty-sequence()" mode="t:prepare"/>

  <xsl:mode name="t:facts" on-no-match="deep-skip" on-multiple-match="fail"/>

  <!-- The number that the original printed, else the note's place among all notes. -->
  <xsl:template match="note" as="attribute()*" mode="t:facts">
    <xsl:attribute name="t:label" select="(@n[normalize-space()], accumulator-before('t:notes'))[1]"/>
    <xsl:attribute name="t:called" select="if (parent::noteGrp) then 'no' else 'yes'"/>
  </xsl:template>

  <xsl:template match="head | titlePart" as="attribute()*" mode="t:facts">
    <xsl:attribute name="t:title" select="(t:plain(.), 'Untitled')[. ne ''][1]"/>
    <xsl:if test="t:is-title(.)">
      <xsl:attribute name="t:level" select="t:level(.)"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="div | div1 | div2 | div3 | floatingText" as="attribute()*" mode="t:facts">
    <xsl:attribute name="t:title" select="(head[t:is-title(.)]/t:plain(.), t:kind(.))[. ne ''][1]"/>
    <xsl:attribute name="t:kind" select="t:kind(.)"/>
  </xsl:template>

  <!-- What a name's `@ref` points to: `t:ref` an entry's id; a pointer that leads nowhere is reported. -->
  <xsl:template match="persName[@ref] | placeName[@ref] | orgName[@ref] | name[@ref] | rs[@ref]" as="attribute()?" mode="t:facts">
    <xsl:variable name="target" as="xs:string" select="(tokenize(@ref), '')[1]"/>
    <xsl:variable name="entry" as="element()?" select="t:entry(substring-after($target, '#'))"/>
    <xsl:choose>
      <xsl:when test="exists($entry)">
        <xsl:attribute name="t:ref" select="$entry/@xml:id"/>
      </xsl:when>
      <xsl:when test="exists($authority) and not(matches($target, '^https?://[^/?#]'))">
        <xsl:call-template name="t:report">
          <xsl:with-param name="flaw" select="'unresolved-name'"/>
          <xsl:with-param name="value" select="string(@ref)"/>
        </xsl:call-template>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- The level of a heading: 1 for the first title of the edition, and for every other one more than the title
       of what it stands in, so that no level is left out. -->
  <xsl:function name="t:level" as="xs:integer">
    <xsl:param name="title" as="element()"/>
    <xsl:variable name="within" as="element(head)?"
                  select="$title/parent::*/ancestor::*/head[t:is-title(.)][last()] => reverse() => head()"/>
    <xsl:sequence select="if ($title/accumulator-before('t:titled') eq 1) then 1
      else min((6, 1 + ($within ! t:level(.), 1)[1]))"/>
  </xsl:function>

  <!-- Elements that can be linked to. -->
  <xsl:function name="t:wants-id" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/@xml:id) or exists($element[self::p or self::note or self::pb
      or (self::head or self::titlePart) and t:is-title(.) or self::div or self::div1 or self::div2 or self::div3 or self::floatingText
      or self::persName or self::placeName or self::orgName or self::name or self::rs])"/>
  </xsl:function>

  <!-- The id that the edition gives, else one made of the kind of element and what it is known by. -->
  <xsl:function name="t:wished-id" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="given" as="xs:string" select="normalize-space($element/@xml:id)"/>
    <xsl:sequence select="
      if ($given ne '') then $given
      else if ($element/self::p) then 'par-' || $element/accumulator-before('t:paragraphs')
      else if ($element/self::note) then 'note-' || $element/accumulator-before('t:notes')
      else if ($element/self::pb) then 'pg-' || ($element/@n[. castable as xs:NMTOKEN]/string(),
                                                 'x' || $element/accumulator-before('t:pages'))[1]
      else if ($element/(self::head | self::titlePart)) then 'title-' || $element/accumulator-before('t:titled')
      else if ($element/(self::persName | self::placeName | self::orgName | self::name | self::rs)) then 'name-' || $element/accumulator-before('t:names')
      else 'part'"/>
  </xsl:function>

  <xsl:function name="t:free-number" as="xs:integer">
    <xsl:param name="wish" as="xs:string"/>
    <xsl:param name="number" as="xs:integer"/>
    <xsl:param name="used" as="map(xs:string, item())"/>
    <xsl:sequence select="if (map:contains($used, $wish || '-' || $number)) then t:free-number($wish, $number + 1, $used) else $number"/>
  </xsl:function>
</xsl:stylesheet>
