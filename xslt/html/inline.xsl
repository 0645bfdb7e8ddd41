<?xml version="1.0" encoding="UTF-8"?>
<!-- What stands within a line: page and line breaks, emphasis, corrections, omissions, dates, links. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                expand-text="yes" exclude-result-prefixes="#all">

  <xsl:template match="text()" as="text()" mode="text">
    <xsl:sequence select="."/>
  </xsl:template>

  <!-- Runs in a script that is written from the right, or in that of Chinese, Japanese or Korean, say so; which
       language it is nobody told, unless the script has but one. -->
  <xsl:template match="text()[../@t:scripts]" as="node()*" mode="text" priority="1">
    <xsl:analyze-string select="." regex="{$t:scripts}">
      <xsl:matching-substring>
        <xsl:variable name="language" as="xs:string" select="t:script-of(.)"/>
        <bdi lang="{$language}"><xsl:if test="t:direction($language) eq 'rtl'"><xsl:attribute name="dir" select="'rtl'"/></xsl:if>{.}</bdi>
      </xsl:matching-substring>
      <xsl:non-matching-substring><xsl:value-of select="."/></xsl:non-matching-substring>
    </xsl:analyze-string>
  </xsl:template>

  <!-- Words of Hebrew, of Arabic and its kin, of Korean, and of Chinese or Japanese; together the same characters as
       `_OTHER_SCRIPTS` in preparing.py. -->
  <xsl:variable name="t:scripts" as="xs:string" static="yes" select="string-join(
    (('[&#x590;-&#x5FF;&#xFB1D;-&#xFB4F;]+', '[&#x600;-&#x8FF;&#xFB50;-&#xFDFF;&#xFE70;-&#xFEFC;]+',
      '[&#x1100;-&#x11FF;&#xA960;-&#xA97F;&#xAC00;-&#xD7FF;]+') ! (. || '([ ,.;:!?·]+' || . || ')*'),
     '[&#x2E80;-&#x2FDF;&#x3001;-&#x9FFF;&#xF900;-&#xFAFF;&#xFF66;-&#xFFDC;&#x20000;-&#x3FFFF;]+'), '|')"/>

  <xsl:function name="t:script-of" as="xs:string">
    <xsl:param name="run" as="xs:string"/>
    <xsl:sequence select="if (matches($run, '[&#x3040;-&#x30FF;&#xFF66;-&#xFF9F;]')) then 'ja'
      else if (matches($run, '[&#x1100;-&#x11FF;&#xA960;-&#xA97F;&#xAC00;-&#xD7FF;]')) then 'ko'
      else if (matches($run, '[&#x2E80;-&#x9FFF;&#xF900;-&#xFAFF;&#x20000;-&#x3FFFF;]')) then 'und-Hani'
      else if (matches($run, '[&#x590;-&#x5FF;&#xFB1D;-&#xFB4F;]')) then 'und-Hebr'
      else if (matches($run, '[&#x700;-&#x74F;]')) then 'und-Syrc' else 'und-Arab'"/>
  </xsl:function>

  <!-- The number of the original's page in the margin, with the address of the page; beside it, if there is one, its
       picture. Where a rule concluded that a page ends and its number is not known, the sign stands without one. -->
  <xsl:template match="pb" as="element()*" mode="text">
    <xsl:variable name="number" as="xs:string" select="normalize-space(@n)"/>
    <a class="page{' inferred'[current()/(@resp, @cert)]}{' within'[current()/@break eq 'no']}" id="{@t:id}" href="#{@t:id}" data-made="">
      <xsl:if test="@t:doubt"><xsl:attribute name="title" select="'A page ends here (' || @t:doubt || ')'"/></xsl:if>
      <span class="hidden">{if ($number ne '') then 'Page ' else 'Page end'}</span>
      <span class="number">{$number}</span>
    </a>
    <xsl:if test="@t:facs and empty(ancestor::*[@t:link])"><xsl:call-template name="picture"/></xsl:if>
  </xsl:template>

  <!-- A picture that lies beside the page is shown; one on another host is a link, because a page asks no other host. -->
  <xsl:template name="picture" as="element()?">
    <xsl:context-item as="element(pb)" use="required"/>
    <xsl:variable name="name" as="xs:string" select="string-join(('Picture of', if (@n) then 'page ' || normalize-space(@n) else 'the page'), ' ')"/>
    <xsl:choose>
      <xsl:when test="@t:width or t:is-local-picture(@t:facs)">
        <a class="facs" href="{@t:facs}" data-made=""><xsl:call-template name="image"><xsl:with-param name="described" select="$name"/></xsl:call-template></a>
      </xsl:when>
      <xsl:when test="matches(@t:facs, '^https?://[^/?#\s]+[^\s&lt;&gt;&quot;\\^`{{|}}]*$', 'i')">
        <a class="facs" href="{@t:facs}" rel="noopener noreferrer" data-made="">{$name}</a>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <xsl:function name="t:is-local-picture" as="xs:boolean">
    <xsl:param name="address" as="xs:string"/>
    <xsl:sequence select="matches($address, '^[A-Za-z0-9_][A-Za-z0-9_./-]*\.(png|jpe?g|webp|avif)$') and not(contains($address, '..'))"/>
  </xsl:function>

  <xsl:template match="cb | milestone" as="element()" mode="text">
    <span class="milestone" data-made="" title="{(@unit, 'column')[1]} {@n}">|</span>
  </xsl:template>

  <xsl:template match="lb" as="element()" mode="text"><br/></xsl:template>
  <!-- Where a word goes on in the next line of the original, it is one word here. -->
  <xsl:template match="lb[@break eq 'no']" as="empty-sequence()" mode="text" priority="1"/>

  <!-- A running head is no part of the sentence that it interrupts. -->
  <xsl:template match="fw" as="node()*" mode="text">
    <xsl:text> </xsl:text>
    <span class="{t:classes(., 'fw')}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></span>
    <xsl:text> </xsl:text>
  </xsl:template>

  <xsl:template match="hi[t:tag(.) eq 'span'] | seg | foreign | idno | num | measure | abbr | expan | unclear | supplied | subst
                       | soCalled | mentioned | term | gloss | w | c | pc | roleName | forename | surname | genName | nameLink
                       | addName | settlement | country | region | geogName | bloc | district | email | time | distinct | stage
                       | anchor | formula | handShift | ex | am | surplus | secl | rhyme | caesura | biblScope
                       | att | gi | val | availability | licence | citedRange | distributor | edition | extent | origDate | resp | respStmt | textLang | author | editor | pubPlace[not(ancestor::text)]"
                as="element()" mode="text">
    <span class="{t:classes(., local-name())}">
      <xsl:call-template name="common"/>
      <xsl:call-template name="doubt"/>
      <xsl:apply-templates mode="text"/>
    </span>
  </xsl:template>

  <xsl:template match="hi[t:tag(.) ne 'span']" as="element()" mode="text">
    <xsl:element name="{t:tag(.)}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></xsl:element>
  </xsl:template>

  <xsl:function name="t:tag" as="xs:string">
    <xsl:param name="element" as="element(hi)"/>
    <xsl:variable name="words" as="xs:string*" select="tokenize($element/@rend)"/>
    <xsl:sequence select="if ($words = ('italic', 'italics')) then 'i' else if ($words = 'bold') then 'b'
      else if ($words = ('superscript', 'sup')) then 'sup' else if ($words = ('subscript', 'sub')) then 'sub' else 'span'"/>
  </xsl:function>

  <xsl:template match="emph" as="element()" mode="text"><em><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></em></xsl:template>
  <xsl:template match="title" as="element()" mode="text"><cite><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></cite></xsl:template>
  <xsl:template match="bibl | said | cit[not(t:is-block(.))] | quote[not(t:is-block(.))] | q" as="element()" mode="text">
    <span class="{t:classes(., local-name())}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></span>
  </xsl:template>
  <xsl:template match="del" as="element()" mode="text"><del class="{t:classes(., 'del')}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></del></xsl:template>
  <xsl:template match="add" as="element()" mode="text"><ins class="{t:classes(., 'add')}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></ins></xsl:template>

  <!-- Both readings are shown, the edition's first, so that none is hidden. -->
  <xsl:template match="choice" as="element()" mode="text">
    <span class="choice">
      <xsl:call-template name="common"/>
      <xsl:apply-templates select="corr | reg | expan | choice | seg | unclear" mode="text"/>
      <xsl:for-each select="sic | orig | abbr">
        <xsl:text> </xsl:text><span data-made="">[</span><xsl:apply-templates select="." mode="text"/><span data-made="">]</span>
      </xsl:for-each>
    </span>
  </xsl:template>
  <xsl:template match="corr | reg | sic | orig" as="element()" mode="text">
    <span class="{local-name()}" title="{if (self::sic or self::orig) then 'as in the source' else 'corrected by the edition'}">
      <xsl:call-template name="common"/><xsl:apply-templates mode="text"/>
    </span>
  </xsl:template>

  <!-- The sign of an omission is what the text has beside it (dots); a gap without any gets one. -->
  <xsl:template match="gap" as="element()" mode="text">
    <span class="gap" data-made="">
      <span class="hidden">[{(desc ! normalize-space(), string-join(('omitted', @quantity, @unit), ' '))[. ne ''][1]}] </span>
      <xsl:if test="not(@t:printed)"><span aria-hidden="true">[…]</span></xsl:if>
    </span>
  </xsl:template>
  <xsl:template match="space" as="element()" mode="text"><span class="space" data-made="">&#x2003;</span></xsl:template>

  <xsl:template match="date" as="element()" mode="text">
    <xsl:variable name="value" as="xs:string?" select="@when/string()[. castable as xs:date or . castable as xs:gYearMonth
      or . castable as xs:dateTime or matches(., '^[0-9]{4}$')]"/>
    <xsl:choose>
      <xsl:when test="exists($value) and empty(descendant::*)">
        <time class="date" datetime="{$value}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></time>
      </xsl:when>
      <xsl:otherwise>
        <span class="date"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A link is a link only if a reader can follow it without danger; otherwise its text stays and it is reported. -->
  <xsl:template match="ref | ptr" as="element()*" mode="text">
    <xsl:variable name="target" as="xs:string?" select="t:safe-target(@target)"/>
    <xsl:if test="empty($target) and @target">
      <xsl:call-template name="t:report">
        <xsl:with-param name="flaw" select="'dead-link'"/>
        <xsl:with-param name="value" select="string(@target)"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:choose>
      <xsl:when test="exists($target) and t:may-link(.)">
        <a class="{local-name()}" href="{$target}">
          <xsl:call-template name="common"/>
          <xsl:apply-templates mode="text"/>
          <xsl:if test="self::ptr"><span data-made="">{$target}</span></xsl:if>
        </a>
      </xsl:when>
      <xsl:otherwise>
        <span class="{local-name()}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- HTML allows no link within a link, and no button either. -->
  <xsl:function name="t:may-link" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="empty($element/(ancestor::ref | ancestor::*[@t:link])) and empty($element//(note | pb | ref | ptr | *[@t:link]))"/>
  </xsl:function>

  <xsl:template name="doubt" as="attribute()?">
    <xsl:context-item as="element()" use="required"/>
    <xsl:if test="@t:doubt"><xsl:attribute name="title" select="@t:doubt"/></xsl:if>
  </xsl:template>
</xsl:stylesheet>
