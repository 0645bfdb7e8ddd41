<?xml version="1.0" encoding="UTF-8"?>
<!-- Lists with their printed labels, and tables. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" expand-text="no" exclude-result-prefixes="#all">

  <xsl:template match="list" as="xs:string*" mode="text">
    <xsl:variable name="start" as="element()?" select="(label | item)[1]"/>
    <xsl:apply-templates select="node()[empty($start) or . &lt;&lt; $start]" mode="text"/>
    <xsl:if test="exists($start)">
      <xsl:sequence select="'&#10;&#10;#entries(' || t:literal((@rend[. eq 'bulleted'], 'plain')[1]) || ', ' || t:in-lines(.) || ', ('"/>
      <xsl:for-each-group select="$start | node()[. &gt;&gt; $start][self::* or normalize-space()]"
                          group-starting-with="label | item[not(preceding-sibling::*[1]/self::label)]">
        <xsl:variable name="label" as="element()?" select="current-group()/self::label"/>
        <xsl:variable name="others" as="xs:string*"><xsl:apply-templates select="current-group() except $label" mode="text"/></xsl:variable>
        <xsl:sequence select="'&#10;  ([', $label ! t:content(.), '], [', $others, ']),'"/>
      </xsl:for-each-group>
      <xsl:sequence select="'&#10;));&#10;', t:go-back-up(.)"/>
    </xsl:if>
  </xsl:template>

  <!-- How deep a list stands that is set line by line, as paragraphs are, or 0: Typst leaves a gap, or moves the note,
       where an item of a list with a note in it goes over a page. Items that hold tables and the like cannot be set so. -->
  <xsl:function name="t:in-lines" as="xs:integer">
    <xsl:param name="list" as="element(list)"/>
    <xsl:variable name="outermost" as="element(list)" select="$list/ancestor-or-self::list[last()]"/>
    <xsl:sequence select="if (exists($outermost//(item | label)//note) and empty($outermost/ancestor::note | $outermost/ancestor::cell)
        and (every $block in $outermost//(item | label)/node()[t:is-block(.)] satisfies $block/(self::list | self::p)))
      then count($list/ancestor-or-self::list) else 0"/>
  </xsl:function>

  <xsl:template match="item" as="xs:string*" mode="text">
    <xsl:sequence select="t:content(.), t:reach-down(.)"/>
  </xsl:template>

  <!-- Only what is within rows and their captions can be set in a table; a page break between rows goes to a cell. -->
  <xsl:template match="table" as="xs:string*" mode="text">
    <xsl:variable name="columns" as="xs:integer" select="max((1, row ! sum(cell ! t:span(@cols))))"/>
    <xsl:apply-templates select="node()[not(../row) or . &lt;&lt; ../row[1]]" mode="text"/>
    <xsl:if test="row">
      <xsl:sequence select="'&#10;&#10;#grid-table(' || $columns || ', ' || count(row[1][@role eq 'label']) || ', ' || exists(.//note)"/>
      <xsl:for-each-group select="row[1] | *[. &gt;&gt; current()/row[1]]" group-starting-with="row">
        <xsl:apply-templates select="." mode="text">
          <xsl:with-param name="between" select="tail(current-group())"/>
          <xsl:with-param name="missing" select="$columns - sum(cell ! t:span(@cols))"/>
        </xsl:apply-templates>
      </xsl:for-each-group>
      <xsl:sequence select="');&#10;'"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="row" as="xs:string*" mode="text">
    <xsl:param name="between" as="element()*" select="()"/>
    <xsl:param name="missing" as="xs:double" select="0"/>
    <xsl:sequence select="',&#10; '"/>
    <xsl:for-each select="cell">
      <xsl:variable name="after" as="xs:string*"><xsl:if test="position() eq last()"><xsl:apply-templates select="$between" mode="text"/></xsl:if></xsl:variable>
      <xsl:sequence select="' entry(' || t:span(@cols) || ', ' || ((@role, ../@role) = 'label') || ')[', t:content(.), $after, ']'"/>
      <xsl:if test="position() ne last() or $missing gt 0">,</xsl:if>
    </xsl:for-each>
    <xsl:if test="$missing gt 0"><xsl:sequence select="' entry(' || $missing || ', false)[]'"/></xsl:if>
  </xsl:template>

  <xsl:function name="t:span" as="xs:integer">
    <xsl:param name="columns" as="attribute()?"/>
    <xsl:sequence select="if ($columns castable as xs:positiveInteger and number($columns) le 100) then xs:integer($columns) else 1"/>
  </xsl:function>

  <xsl:template match="cell | label" as="xs:string*" mode="text">
    <xsl:apply-templates mode="text"/>
  </xsl:template>
</xsl:stylesheet>
