<?xml version="1.0" encoding="UTF-8"?>
<!-- Pictures that lie beside the page, with the size at which they are, so that the text does not jump when they come. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" exclude-result-prefixes="tei t">

  <xsl:template match="tei:graphic[@t:width]" mode="text" priority="1">
    <a class="picture" href="{@t:facs}">
      <xsl:call-template name="image">
        <xsl:with-param name="described">
          <xsl:choose>
            <xsl:when test="normalize-space(tei:desc[1])"><xsl:value-of select="normalize-space(tei:desc[1])"/></xsl:when>
            <xsl:when test="normalize-space(../tei:figDesc[1])"><xsl:value-of select="normalize-space(../tei:figDesc[1])"/></xsl:when>
            <xsl:when test="normalize-space(../tei:head[1])"><xsl:value-of select="normalize-space(../tei:head[1])"/></xsl:when>
            <xsl:otherwise>Picture</xsl:otherwise>
          </xsl:choose>
        </xsl:with-param>
      </xsl:call-template>
    </a>
  </xsl:template>

  <!-- What follows the pictures of a figure is its caption, which HTML has at the beginning or the end of it. -->
  <xsl:template match="tei:figure[*[1][self::tei:graphic]]" mode="text" priority="1">
    <figure>
      <xsl:call-template name="common"/>
      <xsl:apply-templates select="tei:graphic[not(preceding-sibling::*[not(self::tei:graphic)])]" mode="text"/>
      <xsl:if test="*[not(self::tei:graphic)]">
        <figcaption><xsl:apply-templates select="*[not(self::tei:graphic) or preceding-sibling::*[not(self::tei:graphic)]]" mode="text"/></figcaption>
      </xsl:if>
    </figure>
  </xsl:template>
  <xsl:template match="tei:figure[*[1][self::tei:graphic]]/tei:head | tei:figure/tei:head[preceding-sibling::*]" mode="text" priority="2">
    <p class="caption"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></p>
  </xsl:template>

  <!-- Within a link, which HTML does not nest. -->
  <xsl:template match="tei:ref//tei:graphic[@t:width] | *[@t:ref]//tei:graphic[@t:width]" mode="text" priority="2">
    <xsl:call-template name="image"><xsl:with-param name="described">Picture</xsl:with-param></xsl:call-template>
  </xsl:template>

  <xsl:template name="image">
    <xsl:param name="described"/>
    <img src="{@t:facs}" alt="{$described}" loading="lazy">
      <xsl:if test="@t:width">
        <xsl:attribute name="width"><xsl:value-of select="@t:width"/></xsl:attribute>
        <xsl:attribute name="height"><xsl:value-of select="@t:height"/></xsl:attribute>
      </xsl:if>
    </img>
  </xsl:template>
</xsl:stylesheet>
