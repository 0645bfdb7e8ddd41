<?xml version="1.0" encoding="UTF-8"?>
<!-- The text's large parts: front, body, back, divisions, enclosures, title page, headings. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                expand-text="yes" exclude-result-prefixes="#all">

  <xsl:mode name="text" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="text" as="element()" mode="text">
    <div class="text"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></div>
  </xsl:template>

  <xsl:template match="front | body | back | group" as="element()" mode="text">
    <div class="{local-name()}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></div>
  </xsl:template>

  <xsl:template match="div | div1 | div2 | div3 | floatingText" as="element()" mode="text">
    <section class="{t:classes(., 'div')}">
      <xsl:call-template name="common"/>
      <xsl:if test="@type and not(head/@t:level)"><xsl:attribute name="aria-label" select="@t:title"/></xsl:if>
      <xsl:apply-templates mode="text"/>
    </section>
  </xsl:template>

  <xsl:template match="postscript" as="element()" mode="text">
    <div class="postscript"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></div>
  </xsl:template>

  <xsl:template match="head[@t:level] | titlePart[@t:level]" as="element()" mode="text">
    <xsl:element name="h{@t:level}">
      <xsl:call-template name="common"/>
      <xsl:apply-templates mode="text"/>
    </xsl:element>
  </xsl:template>

  <!-- Sub-titles, and the headings of lists and tables, are no entries of the outline. -->
  <xsl:template match="head[not(@t:level)]" as="element()" mode="text">
    <p class="{if (parent::list or parent::table) then 'caption' else 'subtitle'}">
      <xsl:call-template name="common"/>
      <xsl:apply-templates mode="text"/>
    </p>
  </xsl:template>

  <xsl:template match="titlePage" as="element()" mode="text">
    <section class="title-page" aria-label="Title page">
      <xsl:call-template name="common"/>
      <xsl:apply-templates mode="text"/>
    </section>
  </xsl:template>

  <xsl:template match="docTitle | docImprint[t:is-group(.)] | imprimatur[t:is-group(.)]" as="element()" mode="text">
    <div class="{t:classes(., local-name())}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></div>
  </xsl:template>

  <xsl:template match="titlePart[not(@t:level)] | docAuthor | docDate[not(parent::docImprint[not(t:is-group(.))])] | docEdition
                       | docImprint[not(t:is-group(.))] | imprimatur[not(t:is-group(.))]" as="element()" mode="text">
    <p class="{t:classes(., local-name())}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></p>
  </xsl:template>

  <xsl:template match="docDate[parent::docImprint[not(t:is-group(.))]] | pubPlace[ancestor::text] | publisher[ancestor::text]"
                as="element()" mode="text">
    <span class="{local-name()}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></span>
  </xsl:template>

  <!-- Whether an element holds blocks only, no text of its own. -->
  <xsl:function name="t:is-group" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/(titlePart | p | docDate | docImprint)) and empty($element/text()[normalize-space()])"/>
  </xsl:function>

  <!-- Id, language and direction, the same for every element. -->
  <xsl:template name="common" as="attribute()*">
    <xsl:context-item as="element()" use="required"/>
    <xsl:if test="@t:id"><xsl:attribute name="id" select="@t:id"/></xsl:if>
    <xsl:if test="@t:lang">
      <xsl:attribute name="lang" select="@t:lang"/>
      <xsl:if test="@t:dir"><xsl:attribute name="dir" select="@t:dir"/></xsl:if>
    </xsl:if>
  </xsl:template>

  <!-- The kind of an element, and its `@rend` and `@type` as far as they are plain words. -->
  <xsl:function name="t:classes" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="kind" as="xs:string"/>
    <xsl:sequence select="$kind || $element/@t:styles"/>
  </xsl:function>
</xsl:stylesheet>
