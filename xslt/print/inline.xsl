<?xml version="1.0" encoding="UTF-8"?>
<!-- What stands within a line: notes, page and line breaks, emphasis, corrections, names, links. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" expand-text="no" exclude-result-prefixes="#all">

  <xsl:template match="text()" as="xs:string" mode="text">
    <xsl:sequence select="t:words(.)"/>
  </xsl:template>

  <!-- White space of the file between blocks is no space between words. -->
  <xsl:template match="(body | front | back | text | group | div | div1 | div2 | div3 | floatingText | postscript | opener | closer | list | table
                        | row | titlePage | docTitle | noteGrp | lg | figure)/text()[not(normalize-space())]"
                as="empty-sequence()" mode="text" priority="1"/>

  <!-- The mark is what the original printed; the note's words follow where its mark stands. -->
  <xsl:template match="note[not(parent::noteGrp)]" as="xs:string*" mode="text">
    <xsl:sequence select="t:call('foot', t:literal(@t:label), t:note-content(.))"/>
  </xsl:template>

  <!-- The first paragraph of a note goes on in the line of its mark. -->
  <xsl:function name="t:note-content" as="xs:string*">
    <xsl:param name="note" as="element(note)"/>
    <xsl:variable name="first" as="element(p)?" select="$note/p[1][empty(preceding-sibling::*) and empty(preceding-sibling::text()[normalize-space()])]"/>
    <xsl:sequence select="$first ! t:content(.)"/>
    <xsl:apply-templates select="$note/node() except $first" mode="text"/>
  </xsl:function>

  <xsl:template match="pb" as="xs:string*" mode="text">
    <xsl:variable name="between" as="xs:boolean" select="exists(parent::*/(self::div | self::div1 | self::div2 | self::div3
      | self::body | self::front | self::back | self::text | self::postscript | self::floatingText))"/>
    <xsl:sequence select="(if ($between) then '&#10;#source-page-above(' else '#source-page(') || t:literal(normalize-space(@n)) || ');'"/>
  </xsl:template>

  <xsl:template match="cb | milestone | anchor[not(node())]" as="empty-sequence()" mode="text"/>

  <xsl:template match="lb" as="xs:string" mode="text"><xsl:sequence select="'#linebreak();'"/></xsl:template>
  <!-- Where a word goes on in the next line of the original, it is one word here. -->
  <xsl:template match="lb[@break eq 'no']" as="empty-sequence()" mode="text" priority="1"/>

  <xsl:template match="fw" as="xs:string*" mode="text">
    <xsl:sequence select="' ', t:call('forme-work', (), t:content(.)), ' '"/>
  </xsl:template>

  <xsl:template match="hi | del | add | emph | title | foreign | corr | reg | sic | orig" as="xs:string*" mode="text">
    <xsl:sequence select="t:call('styled', (t:literal(t:style(.)), t:language-argument(.)), t:content(.))"/>
  </xsl:template>

  <xsl:function name="t:style" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="words" as="xs:string*" select="tokenize($element/@rend)"/>
    <xsl:sequence select="
      if ($words = ('italic', 'italics') or $element/(self::emph | self::title)
          or $element/self::foreign[matches(., '^[&#x20;-&#x17F;]*$')]) then 'italic'
      else if ($words = 'bold') then 'bold'
      else if ($words = ('superscript', 'sup')) then 'superscript'
      else if ($words = ('subscript', 'sub')) then 'subscript'
      else if ($words = ('smallcaps', 'small-caps', 'sc')) then 'smallcaps'
      else if ($element/self::del or $words = 'strikethrough') then 'strike'
      else if ($words = ('underline', 'underlined')) then 'underline'
      else 'plain'"/>
  </xsl:function>

  <!-- Both readings are printed, the edition's first, so that none is hidden. -->
  <xsl:template match="choice" as="xs:string*" mode="text">
    <xsl:apply-templates select="corr | reg | expan | choice | seg | unclear" mode="text"/>
    <xsl:for-each select="sic | orig | abbr">
      <xsl:variable name="reading" as="xs:string*"><xsl:apply-templates select="." mode="text"/></xsl:variable>
      <xsl:sequence select="' ', t:call('as-in-source', (), $reading)"/>
    </xsl:for-each>
  </xsl:template>

  <!-- The sign of an omission is what the text has beside it (dots); a gap without any gets one. -->
  <xsl:template match="gap" as="xs:string?" mode="text">
    <xsl:if test="empty(parent::p/text()[normalize-space()])"><xsl:sequence select="'#omission();'"/></xsl:if>
  </xsl:template>
  <xsl:template match="space" as="xs:string" mode="text"><xsl:sequence select="'#h(1em);'"/></xsl:template>

  <!-- A link out goes to the web or to mail only; a link within the edition is plain text in a book. -->
  <xsl:template match="ref | ptr" as="xs:string*" mode="text">
    <xsl:variable name="target" as="xs:string?" select="t:safe-target(@target)"/>
    <xsl:if test="empty($target) and @target">
      <xsl:call-template name="t:report">
        <xsl:with-param name="flaw" select="'dead-link'"/>
        <xsl:with-param name="value" select="string(@target)"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:choose>
      <xsl:when test="exists($target[not(starts-with(., '#'))]) and normalize-space() ne '' and empty(.//note | .//pb | ancestor::ref)">
        <xsl:sequence select="t:call('link', t:literal($target), t:content(.))"/>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates mode="text"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Names, dates and the like are printed as text: a book marks none of them. -->
  <xsl:template match="persName | placeName | orgName | name | rs | roleName | forename | surname | genName | nameLink | addName
                       | settlement | country | region | geogName | bloc | district | email | date | time | num | measure
                       | seg[not(@type) or not(parent::opener or parent::closer)] | idno[not(parent::opener or parent::closer)]
                       | abbr | expan | ex | am | unclear | supplied | subst | surplus | secl | soCalled | mentioned | term | gloss | w | c | pc
                       | distinct | stage | anchor[node()] | formula | bibl | biblScope | author | editor | said | q
                       | cit[not(t:is-block(.))] | quote[not(t:is-block(.))] | rhyme | caesura | handShift
                       | att | gi | val | availability | licence | citedRange | distributor | edition | extent | origDate | resp | respStmt | textLang" as="xs:string*" mode="text">
    <xsl:apply-templates mode="text"/>
  </xsl:template>
</xsl:stylesheet>
