<?xml version="1.0" encoding="UTF-8"?>
<!-- Findings: a message whose content is an element, from which the program makes a diagnostic with file and line. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition" exclude-result-prefixes="#all">

  <!-- Reports a flaw of the context element: its kind by name, its place by path, and the value in question.
       A template and no function, because an optimiser may drop a function that returns nothing. -->
  <xsl:template name="t:report" as="empty-sequence()">
    <xsl:context-item as="element()" use="required"/>
    <xsl:param name="flaw" as="xs:string" required="yes"/>
    <xsl:param name="value" as="xs:string" select="name()"/>
    <xsl:message><t:finding flaw="{$flaw}" at="{path()}" value="{$value}"/></xsl:message>
  </xsl:template>
</xsl:stylesheet>
