<?xml version="1.0" encoding="UTF-8"?>
<!-- The text's large parts: front, body, back, divisions, enclosures, title page, headings. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" exclude-result-prefixes="tei t">

  <xsl:mode name="text" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="tei:text" mode="text">
    <div class="text"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></div>
  </xsl:template>

  <xsl:template match="tei:front | tei:body | tei:back | tei:group" mode="text">
    <div class="{local-name()}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></div>
  </xsl:template>

  <xsl:template match="tei:div | tei:div1 | tei:div2 | tei:div3 | tei:floatingText" mode="text">
    <section class="div{@t:styles}">
      <xsl:call-template name="common"/>
      <xsl:if test="@type and not(tei:head/@t:level)"><xsl:attribute name="aria-label"><xsl:value-of select="@t:title"/></xsl:attribute></xsl:if>
      <xsl:apply-templates mode="text"/>
    </section>
  </xsl:template>

  <xsl:template match="tei:postscript" mode="text">
    <div class="postscript"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></div>
  </xsl:template>

  <xsl:template match="tei:head[@t:level] | tei:titlePart[@t:level]" mode="text">
    <xsl:element name="h{@t:level}">
      <xsl:call-template name="common"/>
      <xsl:apply-templates mode="text"/>
    </xsl:element>
  </xsl:template>

  <!-- Sub-titles, and the headings of lists and tables, are no entries of the outline. -->
  <xsl:template match="tei:head[not(@t:level)]" mode="text">
    <p class="subtitle">
      <xsl:if test="parent::tei:list or parent::tei:table"><xsl:attribute name="class">caption</xsl:attribute></xsl:if>
      <xsl:call-template name="common"/>
      <xsl:apply-templates mode="text"/>
    </p>
  </xsl:template>

  <xsl:template match="tei:titlePage" mode="text">
    <section class="title-page" aria-label="Title page">
      <xsl:call-template name="common"/>
      <xsl:apply-templates mode="text"/>
    </section>
  </xsl:template>

  <xsl:template match="tei:docTitle | tei:docImprint[@t:group] | tei:imprimatur[@t:group]" mode="text">
    <div class="{local-name()}{@t:styles}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></div>
  </xsl:template>

  <xsl:template match="tei:titlePart[not(@t:level)] | tei:docAuthor | tei:docDate[not(parent::tei:docImprint[not(@t:group)])] | tei:docEdition
                       | tei:docImprint[not(@t:group)] | tei:imprimatur[not(@t:group)]" mode="text">
    <p class="{local-name()}{@t:styles}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></p>
  </xsl:template>

  <xsl:template match="tei:docDate[parent::tei:docImprint[not(@t:group)]] | tei:text//tei:pubPlace | tei:text//tei:publisher" mode="text">
    <span class="{local-name()}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></span>
  </xsl:template>

  <!-- Id, language and direction, the same for every element. -->
  <xsl:template name="common">
    <xsl:if test="@t:id"><xsl:attribute name="id"><xsl:value-of select="@t:id"/></xsl:attribute></xsl:if>
    <xsl:if test="@t:lang">
      <xsl:attribute name="lang"><xsl:value-of select="@t:lang"/></xsl:attribute>
      <xsl:if test="@t:dir"><xsl:attribute name="dir"><xsl:value-of select="@t:dir"/></xsl:attribute></xsl:if>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
