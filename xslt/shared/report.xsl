<?xml version="1.0" encoding="UTF-8"?>
<!-- Findings: a message of three lines, from which the program makes a diagnostic with file and line. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:t="urn:x-teiwright:edition"
                exclude-result-prefixes="t">

  <!-- Reports a flaw of the context element: its kind by name, its place, and the value in question. -->
  <xsl:template name="t:report">
    <xsl:param name="flaw"/>
    <xsl:param name="value" select="name()"/>
    <xsl:variable name="place">
      <xsl:for-each select="ancestor-or-self::*">
        <xsl:value-of select="concat('/{', namespace-uri(), '}', local-name(), '[')"/>
        <xsl:value-of select="count(preceding-sibling::*[local-name() = local-name(current()) and namespace-uri() = namespace-uri(current())]) + 1"/>
        <xsl:text>]</xsl:text>
      </xsl:for-each>
    </xsl:variable>
    <xsl:message><xsl:value-of select="concat('finding ', $flaw, ' ', $place, ' ', normalize-space($value))"/></xsl:message>
  </xsl:template>
</xsl:stylesheet>
