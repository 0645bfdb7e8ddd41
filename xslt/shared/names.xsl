<?xml version="1.0" encoding="UTF-8"?>
<!-- Who or what a name means: the entries of the authority files, which come as a parameter and from nowhere else. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" expand-text="yes" exclude-result-prefixes="#all">

  <!-- The authority files, as documents: `listPerson`, `listPlace`, `listOrg`. -->
  <xsl:param name="authority" as="document-node()*" select="()"/>

  <xsl:key name="t:entry" match="person | personGrp | place | org" use="@xml:id/string()"/>

  <xsl:function name="t:entry" as="element()?" cache="yes">
    <xsl:param name="id" as="xs:string"/>
    <xsl:sequence select="($authority ! key('t:entry', $id, .))[1]"/>
  </xsl:function>

  <!-- The name by which an entry is listed: the one marked as main, else the first. -->
  <xsl:function name="t:entry-name" as="xs:string" cache="yes">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="names" as="element()*" select="$entry/(persName | placeName | orgName)"/>
    <xsl:sequence select="(($names[@type = ('main', 'preferred')], $names)[1] ! t:plain(.), $entry/@xml:id/string())[. ne ''][1]"/>
  </xsl:function>

  <!-- Persons are sorted by their surname, where the authority file marks it. -->
  <xsl:function name="t:sort-name" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="string-join(($entry/persName[1]/surname[1] ! normalize-space(.), t:entry-name($entry)), ', ')"/>
  </xsl:function>

  <!-- The other forms of the name, without doubles. -->
  <xsl:function name="t:variants" as="xs:string*">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="distinct-values($entry/(persName | placeName | orgName) ! t:plain(.))[. ne t:entry-name($entry)]"/>
  </xsl:function>

  <!-- `1876–1958`, if either is known. -->
  <xsl:function name="t:life" as="xs:string?">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="born" as="xs:string" select="string($entry/birth[1] ! t:year(.))"/>
    <xsl:variable name="died" as="xs:string" select="string($entry/death[1] ! t:year(.))"/>
    <xsl:sequence select="if ($born || $died ne '') then $born || '–' || $died else ()"/>
  </xsl:function>

  <xsl:function name="t:year" as="xs:string?">
    <xsl:param name="event" as="element()"/>
    <xsl:sequence select="($event/@when ! substring(., 1, 4), normalize-space($event))[. ne ''][1]"/>
  </xsl:function>

  <!-- What the authority file says of the entry beside its names: dates, offices, country, a note. -->
  <xsl:function name="t:about-entry" as="xs:string" cache="yes">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="string-join((t:life($entry), $entry/(occupation | state | trait | nationality | country | region
      | desc | note | location/(country | region | desc)) ! t:plain(.)[. ne '']), '; ')"/>
  </xsl:function>
</xsl:stylesheet>
