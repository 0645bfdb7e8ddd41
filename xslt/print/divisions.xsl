<?xml version="1.0" encoding="UTF-8"?>
<!-- The text's large parts: divisions, enclosures, title page, headings. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" expand-text="no" exclude-result-prefixes="#all">

  <xsl:template match="text | front | back | group | postscript" as="xs:string*" mode="text">
    <xsl:apply-templates mode="text"/>
  </xsl:template>

  <!-- What stands on the back of a title page is parted from the text, which begins below it. -->
  <xsl:template match="body" as="xs:string*" mode="text">
    <xsl:if test="preceding-sibling::front/titlePage/following-sibling::*[not(self::pb)]"><xsl:sequence select="'&#10;#division()&#10;'"/></xsl:if>
    <xsl:apply-templates mode="text"/>
  </xsl:template>

  <!-- An enclosure begins after a rule; so does every other division that follows a division. -->
  <xsl:template match="div | div1 | div2 | div3 | floatingText" as="xs:string*" mode="text">
    <xsl:if test="exists(preceding-sibling::*[not(self::pb or self::titlePage)]) and exists(parent::body | parent::front | parent::back | self::floatingText)">
      <xsl:sequence select="'&#10;&#10;#division()&#10;'"/>
    </xsl:if>
    <xsl:apply-templates mode="text"/>
  </xsl:template>

  <!-- What is in another language than what it stands in is divided, and runs, as its language asks. -->
  <xsl:template match="(text | front | body | back | div | div1 | div2 | div3 | floatingText | head | p | ab | lg | l | quote[@t:block] | list | table
                        | opener | closer | postscript | epigraph)[@xml:lang][t:is-in-other-language(.)]" as="xs:string*" mode="text" priority="5">
    <xsl:variable name="made" as="xs:string*"><xsl:next-match/></xsl:variable>
    <xsl:sequence select="'&#10;&#10;', t:call('foreign-block', t:language-argument(.), $made), '&#10;'"/>
  </xsl:template>

  <xsl:function name="t:is-in-other-language" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="around" as="element()?" select="$element/ancestor::*[@xml:lang][1]"/>
    <xsl:variable name="own" as="xs:string?" select="t:language-argument($element)"/>
    <xsl:sequence select="exists($own) and not($own = $around/t:language-argument(.))"/>
  </xsl:function>

  <!-- The outline and the bookmarks get the plain title; notes and emphasis are in what is printed. -->
  <xsl:template match="head[@t:level] | titlePart[@t:level]" as="xs:string*" mode="text">
    <xsl:sequence select="'&#10;&#10;', t:call('titled', (@t:level, t:literal(@t:title), t:address(@t:id)), t:content(.)), '&#10;'"/>
  </xsl:template>

  <xsl:template match="head[not(@t:level)]" as="xs:string*" mode="text">
    <xsl:sequence select="'&#10;&#10;', t:call(if (parent::list or parent::table) then 'caption' else 'subtitled', (), t:content(.)), '&#10;'"/>
  </xsl:template>

  <xsl:template match="titlePage" as="xs:string*" mode="text">
    <xsl:sequence select="'&#10;', t:call('title-page', (), t:content(.)), '&#10;'"/>
  </xsl:template>

  <!-- Only a title page that stands in the front can have a page of its own. -->
  <xsl:template match="titlePage[not(parent::front)]" as="xs:string*" mode="text" priority="1">
    <xsl:apply-templates mode="text"/>
  </xsl:template>

  <xsl:template match="docTitle" as="xs:string*" mode="text">
    <xsl:apply-templates mode="text"/>
  </xsl:template>

  <xsl:template match="titlePart[not(@t:level)] | docAuthor | docEdition | docImprint | imprimatur | docDate[not(parent::docImprint)]"
                as="xs:string*" mode="text">
    <xsl:sequence select="'&#10;&#10;', t:call('title-part', t:literal((@type, local-name())[1]), t:content(.)), '&#10;'"/>
  </xsl:template>

  <xsl:template match="docDate[parent::docImprint] | pubPlace | publisher" as="xs:string*" mode="text">
    <xsl:apply-templates mode="text"/>
  </xsl:template>

  <!-- What is within an element, as Typst markup. -->
  <xsl:function name="t:content" as="xs:string*">
    <xsl:param name="element" as="element()"/>
    <xsl:apply-templates select="$element/node()" mode="text"/>
  </xsl:function>
</xsl:stylesheet>
