<?xml version="1.0" encoding="UTF-8"?>
<!-- Paragraphs and what stands beside them. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" expand-text="no" exclude-result-prefixes="#all">

  <!-- A paragraph that is nothing but stamps is what stood on the sheet, not in a line. -->
  <xsl:template match="p[stamp][not(* except stamp)][not(text()[normalize-space()])]" as="xs:string*" mode="text" priority="1">
    <xsl:for-each select="stamp">
      <xsl:sequence select="'&#10;&#10;', t:call('stamp-block', (), t:content(.)), '&#10;'"/>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="p | ab" as="xs:string*" mode="text">
    <xsl:variable name="salute" as="xs:string*">
      <xsl:apply-templates select="t:run-in(.)" mode="run-in"/>
    </xsl:variable>
    <xsl:variable name="closing" as="xs:string?" select="t:lines-below(.)[. gt 0] ! ('closing: ' || .)"/>
    <xsl:sequence select="'&#10;&#10;', t:call('para', (t:rend(.), $closing), ($salute, t:content(.))), '&#10;'"/>
  </xsl:template>

  <!-- How many lines the closer has that follows a paragraph, about. -->
  <xsl:function name="t:lines-below" as="xs:integer">
    <xsl:param name="paragraph" as="element()"/>
    <xsl:variable name="closer" as="element(closer)?" select="$paragraph/following-sibling::*[not(self::pb)][1]/self::closer"/>
    <xsl:sequence select="min((count($closer/(node()[self::* or normalize-space()] | .//lb)), 12))"/>
  </xsl:function>

  <xsl:mode name="run-in" on-no-match="fail" on-multiple-match="fail"/>
  <xsl:template match="salute" as="xs:string*" mode="run-in">
    <xsl:sequence select="t:content(.), ' '"/>
  </xsl:template>

  <!-- How a block stands on the page, of the words that its `@rend` has. -->
  <xsl:function name="t:rend" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="word" as="xs:string?" select="tokenize($element/@rend)[. = ('center', 'centre', 'right', 'flushleft')][1]"/>
    <xsl:sequence select="t:literal(if ($word eq 'centre') then 'center' else ($word, 'plain')[1])"/>
  </xsl:function>

  <xsl:template match="opener | closer | trailer | epigraph | argument" as="xs:string*" mode="text">
    <xsl:variable name="parts" as="node()*" select="node()[not(self::salute[t:is-taken-up(.)])][self::* or normalize-space()]"/>
    <xsl:if test="exists($parts)">
      <xsl:variable name="content" as="xs:string*"><xsl:apply-templates select="$parts" mode="text"/></xsl:variable>
      <xsl:sequence select="'&#10;&#10;', t:call(if (self::closer) then 'closer' else 'opener', (), $content), '&#10;'"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="idno[parent::opener or parent::closer] | dateline | salute | signed | byline
                       | address | seg[@type][parent::opener or parent::closer]" as="xs:string*" mode="text">
    <xsl:sequence select="'&#10;&#10;', t:call('line-box', t:literal(local-name()), t:content(.)), '&#10;'"/>
  </xsl:template>

  <xsl:template match="addrLine" as="xs:string*" mode="text">
    <xsl:sequence select="t:content(.), '#&quot; &quot;;#linebreak();'"/>
  </xsl:template>

  <xsl:template match="stamp[t:is-block(.) or parent::titlePage or parent::opener or parent::closer or parent::postscript]" as="xs:string*" mode="text">
    <xsl:sequence select="'&#10;&#10;', t:call('stamp-block', (), t:content(.)), '&#10;'"/>
  </xsl:template>
  <xsl:template match="stamp[not(t:is-block(.) or parent::titlePage or parent::opener or parent::closer or parent::postscript)]" as="xs:string*" mode="text">
    <!-- A box has no spaces at its edges. -->
    <xsl:sequence select="' '[starts-with(current(), ' ')], t:call('stamp-inline', (), t:content(.)), ' '[ends-with(current(), ' ')]"/>
  </xsl:template>

  <xsl:template match="quote[t:is-block(.)] | cit[t:is-block(.)]" as="xs:string*" mode="text">
    <xsl:sequence select="'&#10;&#10;', t:call('quotation', (), t:parts(.)), '&#10;'"/>
  </xsl:template>

  <xsl:template match="lg" as="xs:string*" mode="text">
    <xsl:sequence select="'&#10;&#10;', t:call('stanza', (), t:content(.)), '&#10;'"/>
  </xsl:template>
  <xsl:template match="l" as="xs:string*" mode="text">
    <xsl:variable name="shift" as="xs:decimal" select="sum((2.8[current()/ancestor::lg], 7.0[current()/@part = ('F', 'M')], 1.8[tokenize(current()/@rend) = ('indent', 'indented')]))"/>
    <xsl:sequence select="'&#10;&#10;', t:call('verse', $shift || 'em', t:content(.)), '&#10;'"/>
  </xsl:template>

  <!-- A picture that was found, and what describes it; one of another host is not fetched. -->
  <xsl:template match="figure" as="xs:string*" mode="text">
    <xsl:sequence select="'&#10;&#10;', t:call('quotation', (), t:content(.)), '&#10;'"/>
  </xsl:template>
  <xsl:template match="figDesc | graphic/desc" as="xs:string*" mode="text">
    <xsl:sequence select="'&#10;&#10;', t:call('para', t:literal('plain'), t:content(.)), '&#10;'"/>
  </xsl:template>
  <xsl:template match="graphic" as="xs:string*" mode="text">
    <xsl:if test="@t:width and not(ancestor::note)">
      <xsl:variable name="described" as="xs:string" select="((desc, ../figDesc, ../head) ! normalize-space()[. ne ''], 'Picture')[1]"/>
      <xsl:sequence select="'#picture(' || string-join((t:literal(@t:facs), t:literal($described), @t:width, @t:height, string(empty(parent::figure))), ', ') || ');'"/>
    </xsl:if>
    <xsl:apply-templates select="*" mode="text"/>
  </xsl:template>

  <!-- Notes that the text does not call stand where the source has them, and say so. -->
  <xsl:template match="noteGrp" as="xs:string*" mode="text">
    <xsl:sequence select="'&#10;&#10;', t:call('stray-notes', string(count(note)), t:content(.)), '&#10;'"/>
  </xsl:template>
  <xsl:template match="noteGrp/note" as="xs:string*" mode="text">
    <xsl:sequence select="'&#10;&#10;', t:call('stray-note', (t:literal(@t:label), t:address(@t:id)), t:note-content(.)), '&#10;'"/>
  </xsl:template>
</xsl:stylesheet>
