<?xml version="1.0" encoding="UTF-8"?>
<!-- What stands within a line: page and line breaks, emphasis, corrections, omissions, dates, links. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" exclude-result-prefixes="tei t">

  <!-- The number of the original's page in the margin, with the address of the page; beside it, if there is one, its
       picture. Where a rule concluded that a page ends and its number is not known, the sign stands without one. -->
  <xsl:template match="tei:pb" mode="text">
    <xsl:variable name="number" select="normalize-space(@n)"/>
    <a class="page" id="{@t:id}" href="#{@t:id}" data-made="">
      <xsl:if test="@resp or @cert or @break = 'no'">
        <xsl:attribute name="class">
          <xsl:text>page</xsl:text>
          <xsl:if test="@resp or @cert"> inferred</xsl:if>
          <xsl:if test="@break = 'no'"> within</xsl:if>
        </xsl:attribute>
      </xsl:if>
      <xsl:if test="@t:doubt"><xsl:attribute name="title">A page ends here (<xsl:value-of select="@t:doubt"/>)</xsl:attribute></xsl:if>
      <span class="hidden">
        <xsl:choose>
          <xsl:when test="$number = ''">Page end</xsl:when>
          <xsl:otherwise><xsl:text>Page </xsl:text></xsl:otherwise>
        </xsl:choose>
      </span>
      <span><xsl:value-of select="$number"/></span>
    </a>
    <xsl:if test="@t:facs and not(ancestor::*[@t:ref][not(@t:link = 'no')])"><xsl:call-template name="picture"/></xsl:if>
  </xsl:template>

  <!-- A picture that lies beside the page is shown; one on another host is a link, because a page asks no other host. -->
  <xsl:template name="picture">
    <xsl:variable name="name">
      <xsl:text>Picture of </xsl:text>
      <xsl:choose>
        <xsl:when test="@n"><xsl:value-of select="concat('page ', normalize-space(@n))"/></xsl:when>
        <xsl:otherwise>the page</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="@t:beside">
        <a class="facs" href="{@t:facs}" data-made=""><xsl:call-template name="image"><xsl:with-param name="described" select="$name"/></xsl:call-template></a>
      </xsl:when>
      <xsl:when test="@t:elsewhere">
        <a class="facs" href="{@t:facs}" rel="noopener noreferrer" data-made=""><xsl:value-of select="$name"/></a>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="tei:cb | tei:milestone" mode="text">
    <span class="milestone" data-made="">
      <xsl:attribute name="title">
        <xsl:value-of select="@unit"/><xsl:if test="not(@unit)">column</xsl:if><xsl:value-of select="concat(' ', @n)"/>
      </xsl:attribute>
      <xsl:text>|</xsl:text>
    </span>
  </xsl:template>

  <xsl:template match="tei:lb" mode="text"><br/></xsl:template>
  <!-- Where a word goes on in the next line of the original, it is one word here. -->
  <xsl:template match="tei:lb[@break = 'no']" mode="text" priority="1"/>
  <!-- The line with which a block begins needs no break before it. -->
  <xsl:template match="tei:lb[../@t:block or parent::tei:item or parent::tei:cell][not(preceding-sibling::node()[normalize-space()
                       or self::*[not(self::tei:pb or self::tei:cb or self::tei:milestone)]])]" mode="text" priority="1.5"/>

  <!-- A running head is no part of the sentence that it interrupts. -->
  <xsl:template match="tei:fw" mode="text">
    <xsl:text> </xsl:text>
    <span class="fw{@t:styles}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></span>
    <xsl:text> </xsl:text>
  </xsl:template>

  <xsl:template match="tei:hi[not(@t:tag)] | tei:seg | tei:foreign | tei:idno | tei:num | tei:measure | tei:abbr | tei:expan |
                       tei:unclear | tei:supplied | tei:subst | tei:soCalled | tei:mentioned | tei:term | tei:gloss | tei:w | tei:c |
                       tei:pc | tei:roleName | tei:forename | tei:surname | tei:genName | tei:nameLink | tei:addName | tei:settlement |
                       tei:country | tei:region | tei:geogName | tei:bloc | tei:district | tei:email | tei:time | tei:distinct |
                       tei:stage | tei:anchor | tei:formula | tei:handShift | tei:ex | tei:am | tei:surplus | tei:secl | tei:rhyme |
                       tei:caesura | tei:biblScope | tei:att | tei:gi | tei:val | tei:availability | tei:licence | tei:citedRange |
                       tei:distributor | tei:edition | tei:extent | tei:origDate | tei:resp | tei:respStmt | tei:textLang | tei:author
                       | tei:editor | tei:pubPlace[not(ancestor::tei:text)]"
                mode="text">
    <span class="{local-name()}{@t:styles}">
      <xsl:call-template name="common"/>
      <xsl:call-template name="doubt"/>
      <xsl:apply-templates mode="text"/>
    </span>
  </xsl:template>

  <xsl:template match="tei:hi[@t:tag]" mode="text">
    <xsl:element name="{@t:tag}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></xsl:element>
  </xsl:template>

  <xsl:template match="tei:emph" mode="text"><em><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></em></xsl:template>
  <xsl:template match="tei:title" mode="text"><cite><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></cite></xsl:template>
  <xsl:template match="tei:bibl | tei:said | tei:quote[not(@t:block)] | tei:q" mode="text">
    <span class="{local-name()}{@t:styles}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></span>
  </xsl:template>
  <xsl:template match="tei:cit[not(@t:block)]" mode="text">
    <span class="cit{@t:styles}"><xsl:call-template name="common"/><xsl:call-template name="parts"/></span>
  </xsl:template>
  <xsl:template match="tei:del" mode="text"><del class="del{@t:styles}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></del></xsl:template>
  <xsl:template match="tei:add" mode="text"><ins class="add{@t:styles}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></ins></xsl:template>

  <!-- Both readings are shown, the edition's first, so that none is hidden. -->
  <xsl:template match="tei:choice" mode="text">
    <span class="choice">
      <xsl:call-template name="common"/>
      <xsl:apply-templates select="tei:corr | tei:reg | tei:expan | tei:choice | tei:seg | tei:unclear" mode="text"/>
      <xsl:for-each select="tei:sic | tei:orig | tei:abbr">
        <xsl:text> </xsl:text><span data-made="">[</span><xsl:apply-templates select="." mode="text"/><span data-made="">]</span>
      </xsl:for-each>
    </span>
  </xsl:template>
  <xsl:template match="tei:corr | tei:reg" mode="text">
    <span class="{local-name()}" title="corrected by the edition"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></span>
  </xsl:template>
  <xsl:template match="tei:sic | tei:orig" mode="text">
    <span class="{local-name()}" title="as in the source"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></span>
  </xsl:template>

  <!-- The sign of an omission is what the text has beside it (dots); a gap without any gets one. -->
  <xsl:template match="tei:gap" mode="text">
    <span class="gap" data-made="">
      <span class="hidden">
        <xsl:text>[</xsl:text>
        <xsl:choose>
          <xsl:when test="normalize-space(tei:desc[1])"><xsl:value-of select="normalize-space(tei:desc[1])"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="normalize-space(concat('omitted ', @quantity, ' ', @unit))"/></xsl:otherwise>
        </xsl:choose>
        <xsl:text>] </xsl:text>
      </span>
      <xsl:if test="not(@t:printed)"><span aria-hidden="true">[…]</span></xsl:if>
    </span>
  </xsl:template>
  <xsl:template match="tei:space" mode="text"><span class="space" data-made="">&#x2003;</span></xsl:template>

  <xsl:template match="tei:date[@t:when][not(*)]" mode="text">
    <time class="date" datetime="{@t:when}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></time>
  </xsl:template>
  <xsl:template match="tei:date[not(@t:when) or *]" mode="text">
    <span class="date"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></span>
  </xsl:template>

  <!-- A link is a link only if a reader can follow it without danger; otherwise its text stays and it is reported. -->
  <xsl:template match="tei:ref | tei:ptr" mode="text">
    <xsl:if test="@target and not(@t:target)">
      <xsl:call-template name="t:report">
        <xsl:with-param name="flaw">dead-link</xsl:with-param>
        <xsl:with-param name="value" select="string(@target)"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:variable name="barred"><xsl:call-template name="barred"/></xsl:variable>
    <xsl:choose>
      <xsl:when test="@t:target and string($barred) = ''">
        <a class="{local-name()}" href="{@t:target}">
          <xsl:call-template name="common"/>
          <xsl:apply-templates mode="text"/>
          <xsl:if test="self::tei:ptr"><span data-made=""><xsl:value-of select="@t:target"/></span></xsl:if>
        </a>
      </xsl:when>
      <xsl:otherwise>
        <span class="{local-name()}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- HTML allows no link within a link, and no button either: this says so where a link may not be. -->
  <xsl:template name="barred">
    <xsl:if test="ancestor::tei:ref or ancestor::*[@t:ref] or .//tei:note or .//tei:pb or .//tei:ref or .//tei:ptr">barred</xsl:if>
  </xsl:template>

  <xsl:template name="doubt">
    <xsl:if test="@t:doubt"><xsl:attribute name="title"><xsl:value-of select="@t:doubt"/></xsl:attribute></xsl:if>
  </xsl:template>
</xsl:stylesheet>
