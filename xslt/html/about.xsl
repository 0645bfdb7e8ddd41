<?xml version="1.0" encoding="UTF-8"?>
<!-- What a reader may know of the edition: source, licence, how it was encoded, downloads, how to cite it. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                expand-text="yes" exclude-result-prefixes="#all">

  <xsl:mode name="about" on-no-match="deep-skip" on-multiple-match="fail"/>

  <xsl:template match="teiHeader" as="element()" mode="about">
    <xsl:variable name="facts" as="element(t:fact)*" select="t:facts(.)"/>
    <section class="about" id="page:about" aria-labelledby="page:about-title">
      <h2 id="page:about-title">About this edition</h2>
      <xsl:call-template name="downloads"/>
      <xsl:for-each-group select="$facts" group-by="@group">
        <xsl:sort select="index-of(('Document', 'Source', 'Edition', 'How it was encoded', 'Changes'), current-grouping-key())"/>
        <h3>{current-grouping-key()}</h3>
        <dl>
          <xsl:for-each-group select="current-group()" group-adjacent="string(@label)">
            <div>
              <dt>{current-grouping-key()}</dt>
              <xsl:for-each select="current-group()">
                <dd>
                  <xsl:choose>
                    <xsl:when test="@href"><a href="{@href}" rel="noopener noreferrer">{.}</a></xsl:when>
                    <xsl:otherwise>{.}</xsl:otherwise>
                  </xsl:choose>
                </dd>
              </xsl:for-each>
            </div>
          </xsl:for-each-group>
        </dl>
      </xsl:for-each-group>
    </section>
  </xsl:template>

  <xsl:template name="downloads" as="element()?">
    <xsl:if test="$setting/*/t:download">
      <ul class="downloads">
        <xsl:for-each select="$setting/*/t:download">
          <li><a href="{@href}" type="{@type}">{@label}</a></li>
        </xsl:for-each>
      </ul>
    </xsl:if>
  </xsl:template>

  <!-- For library catalogues and reference managers (Dublin Core terms, Highwire tags). -->
  <xsl:function name="t:catalogue-metadata" as="element()*">
    <xsl:param name="document" as="element()"/>
    <xsl:variable name="header" as="element(teiHeader)?" select="$document/teiHeader"/>
    <xsl:variable name="date" as="xs:string?" select="t:written($document)/(@when, @from, @notBefore)[1]/string()"/>
    <xsl:variable name="summary" as="xs:string" select="string-join((t:document-title($document), t:document-subtitle($document)), '. ')"/>
    <meta name="description" content="{$summary}"/>
    <meta name="citation_title" content="{t:document-title($document)}"/>
    <xsl:for-each select="t:authors($document)"><meta name="citation_author" content="{.}"/></xsl:for-each>
    <xsl:for-each select="$date"><meta name="citation_date" content="{.}"/></xsl:for-each>
    <xsl:for-each select="$header/fileDesc/publicationStmt/publisher[t:plain(.)]"><meta name="citation_publisher" content="{t:plain(.)}"/></xsl:for-each>
    <meta name="dcterms.title" content="{t:document-title($document)}"/>
    <xsl:for-each select="t:language($document)"><meta name="dcterms.language" content="{.}"/></xsl:for-each>
    <xsl:for-each select="$header/fileDesc/publicationStmt//licence/@target ! t:safe-target(.)"><meta name="dcterms.license" content="{.}"/></xsl:for-each>
  </xsl:function>

  <!-- Doubts that stand off from the text, each with a link to what it speaks of. -->
  <xsl:template match="standOff" as="element()?" mode="text">
    <xsl:variable name="doubts" as="element()*" select=".//annotation[note]"/>
    <xsl:if test="exists($doubts)">
      <section class="doubts" data-made="" aria-labelledby="page:doubts">
        <h2 id="page:doubts">Remarks of the encoding</h2>
        <ul>
          <xsl:for-each select="$doubts">
            <xsl:variable name="target" as="xs:string?" select="t:safe-target(@target)"/>
            <li>
              <xsl:if test="exists($target)"><a href="{$target}">{$target}</a><xsl:text>: </xsl:text></xsl:if>
              <xsl:value-of select="normalize-space(string-join(note, ' '))"/>
            </li>
          </xsl:for-each>
        </ul>
      </section>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
