<?xml version="1.0" encoding="UTF-8"?>
<!-- The text of one edition as a page of an e-book: the text, and after it its notes. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" xmlns:h="http://www.w3.org/1999/xhtml"
                xmlns:epub="http://www.idpf.org/2007/ops" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                expand-text="yes" exclude-result-prefixes="#all">

  <xsl:function name="t:chapter" as="element()">
    <xsl:param name="document" as="element()"/>
    <xsl:variable name="body" as="document-node()">
      <xsl:document>
        <xsl:apply-templates select="$document" mode="chapter"/>
      </xsl:document>
    </xsl:variable>
    <xsl:variable name="language" as="xs:string" select="t:language-of($document)"/>
    <xsl:variable name="content" as="node()*">
      <xsl:apply-templates select="$body/node()" mode="live"/>
    </xsl:variable>
    <xsl:sequence select="t:page(t:document-title($document), $language, '../', 'bodymatter', $content)"/>
  </xsl:function>

  <xsl:function name="t:language-of" as="xs:string">
    <xsl:param name="document" as="element()"/>
    <xsl:sequence select="(t:language($document), $document/text ! t:language(.), 'und')[1]"/>
  </xsl:function>

  <xsl:mode name="chapter" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="*" as="element()*" mode="chapter">
    <xsl:variable name="notes" as="element()*" select="text//note"/>
    <article class="edition">
      <xsl:if test="empty(text//(head | titlePart)[@t:level = '1'])">
        <h1 class="made" data-made="">{t:document-title(.)}</h1>
      </xsl:if>
      <xsl:apply-templates select="text" mode="text"/>
      <xsl:apply-templates select="standOff" mode="text"/>
    </article>
    <xsl:if test="exists($notes)">
      <section class="notes" epub:type="footnotes" aria-label="Notes">
        <xsl:apply-templates select="$notes" mode="entry"/>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- What a link points to may not be in the book, as the header is not: then its words stay, without the link. -->
  <xsl:mode name="live" on-no-match="shallow-copy" on-multiple-match="fail"/>
  <xsl:key name="anchor" match="h:*[@id]" use="@id/string()"/>
  <xsl:template match="h:a[starts-with(@href, '#')][empty(key('anchor', substring(@href, 2)))]" as="element()" mode="live">
    <span><xsl:sequence select="@* except @href"/><xsl:apply-templates mode="live"/></span>
  </xsl:template>
</xsl:stylesheet>
