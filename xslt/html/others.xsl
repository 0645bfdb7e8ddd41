<?xml version="1.0" encoding="UTF-8"?>
<!-- What few texts have: plays; and what our own encoding never writes: apparatus, bibliographies, dictionaries,
     speech. How an element stands in its text the first pass says (`t:shape`, rendering/shapes.py); its name becomes a
     class. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:t="urn:x-teiwright:edition"
                xmlns:example="http://www.tei-c.org/ns/Examples"
                xmlns="http://www.w3.org/1999/xhtml" exclude-result-prefixes="tei t example">

  <!-- Paragraphs within a line stand beside its other words; blocks within a phrase HTML does not allow in a `span`.
       What is said about the text, and is none, is not seen. -->
  <xsl:template match="*[@t:shape]" mode="text" priority="0.25">
    <xsl:variable name="class" select="concat(local-name(), @t:styles)"/>
    <xsl:choose>
      <xsl:when test="@t:shape = 'section'">
        <section class="div {$class}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></section>
      </xsl:when>
      <xsl:when test="@t:shape = 'block'">
        <div class="{$class}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></div>
      </xsl:when>
      <xsl:when test="@t:shape = 'unseen'"/>
      <xsl:when test="@t:mixed">
        <div class="{$class}"><xsl:call-template name="common"/><xsl:call-template name="mixed"/></div>
      </xsl:when>
      <xsl:when test="@t:shape = 'line'">
        <p class="{$class}"><xsl:call-template name="common"/><xsl:call-template name="parts"/></p>
      </xsl:when>
      <xsl:otherwise>
        <span class="{$class}"><xsl:call-template name="common"/><xsl:call-template name="parts"/></span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Elements that hold no words of their own part those of others. -->
  <xsl:template name="parts">
    <xsl:param name="of" select="node()"/>
    <xsl:for-each select="$of">
      <xsl:if test="../@t:parted and self::*[not(self::tei:note)] and preceding-sibling::*"><xsl:text> </xsl:text></xsl:if>
      <xsl:apply-templates select="." mode="text"/>
    </xsl:for-each>
  </xsl:template>

  <!-- The number of a sense in a dictionary, unless the text has it (Guidelines, 10.3.2). -->
  <xsl:template match="tei:sense[@n][not(@t:mixed)][not(starts-with(normalize-space(), @n))]" mode="text" priority="0.3">
    <span class="sense">
      <xsl:call-template name="common"/>
      <b data-made=""><xsl:value-of select="@n"/></b>
      <xsl:text> </xsl:text>
      <xsl:call-template name="parts"/>
    </span>
  </xsl:template>

  <xsl:template match="tei:code[@t:shape]" mode="text" priority="0.3">
    <code><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></code>
  </xsl:template>

  <!-- Examples of markup are shown as they are written (Guidelines, 23.4). -->
  <xsl:template match="example:*" mode="text" priority="0.25">
    <span data-made="">&lt;<xsl:value-of select="name()"/><xsl:call-template name="attributes"/>&gt;</span>
    <xsl:apply-templates mode="text"/>
    <span data-made="">&lt;/<xsl:value-of select="name()"/>&gt;</span>
  </xsl:template>
  <xsl:template match="example:egXML | tei:egXML" mode="text" priority="0.3">
    <code class="egXML"><xsl:apply-templates mode="text"/></code>
  </xsl:template>
  <xsl:template name="attributes">
    <xsl:for-each select="@*[namespace-uri() != 'urn:x-teiwright:edition']">
      <xsl:text> </xsl:text><xsl:value-of select="name()"/>="<xsl:value-of select="."/>"</xsl:for-each>
  </xsl:template>

  <xsl:template match="tei:byline/tei:docAuthor" mode="text" priority="1">
    <span class="docAuthor"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></span>
  </xsl:template>

  <!-- All readings are shown, that of the edition first, so that none is hidden; behind each other one who has it. -->
  <xsl:template match="tei:app | tei:rdgGrp" mode="text">
    <span class="{local-name()}"><xsl:call-template name="common"/><xsl:apply-templates select="*" mode="text"/></span>
  </xsl:template>

  <xsl:template match="tei:lem" mode="text">
    <span class="lem">
      <xsl:if test="@t:sigla"><xsl:attribute name="title"><xsl:value-of select="@t:sigla"/></xsl:attribute></xsl:if>
      <xsl:call-template name="common"/>
      <xsl:apply-templates mode="text"/>
    </span>
  </xsl:template>

  <xsl:template match="tei:rdg" mode="text">
    <xsl:text> </xsl:text>
    <span class="rdg{@t:styles}">
      <xsl:call-template name="common"/>
      <span data-made="">[</span>
      <xsl:apply-templates mode="text"/>
      <xsl:if test="not(node())"><i data-made="">omitted</i></xsl:if>
      <span data-made=""><xsl:if test="@t:sigla"><xsl:text> </xsl:text><xsl:value-of select="@t:sigla"/></xsl:if>]</span>
    </span>
  </xsl:template>
</xsl:stylesheet>
