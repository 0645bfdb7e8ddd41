<?xml version="1.0" encoding="UTF-8"?>
<!-- What is said of a volume, in one small tree: metadata, chapters with their parts and pages, names with their mentions.
     Here it is made of one edition; of a collection the program makes it. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" expand-text="yes" exclude-result-prefixes="#all">

  <xsl:function name="t:volume" as="element(t:volume)">
    <xsl:param name="document" as="element()"/>
    <xsl:variable name="header" as="element(teiHeader)?" select="$document/teiHeader"/>
    <xsl:variable name="facts" as="element(t:fact)*" select="t:facts($header)"/>
    <xsl:variable name="published" as="xs:string*" select="$header/fileDesc/publicationStmt/date/@when[. castable as xs:date]/string()"/>
    <xsl:variable name="changes" as="xs:string*" select="$header/revisionDesc//change/@when[. castable as xs:date]/string()"/>
    <t:volume title="{t:document-title($document)}" language="{t:language-of($document)}" identifier="{$identifier}"
              modified="{(max(($published, $changes) ! substring(., 1, 10)), $day[. ne ''], '1980-01-01')[1]}" collection="{$collection}">
      <xsl:sequence select="
        t:attribute('subtitle', t:document-subtitle($document)), t:attribute('published', $published[1]),
        t:attribute('publisher', ($header/fileDesc/publicationStmt/publisher ! t:plain(.))[1]),
        t:attribute('written', t:written($document) ! t:date-words(.)),
        t:attribute('rights', $facts[@label eq 'Licence'][1]), t:attribute('source', t:source($header))"/>
      <xsl:for-each select="t:authors($document)"><t:creator>{.}</t:creator></xsl:for-each>
      <xsl:sequence select="t:chapter-model($document)"/>
      <xsl:for-each select="distinct-values($document/text//graphic[@t:width]/@t:facs)">
        <t:picture href="{.}" type="{($document/text//graphic[@t:facs = current()]/@t:type)[1]}"/>
      </xsl:for-each>
      <xsl:sequence select="t:entries($document)"/>
      <xsl:sequence select="$facts"/>
    </t:volume>
  </xsl:function>

  <!-- What the edition was made from, without the remarks on it. -->
  <xsl:function name="t:source" as="xs:string?">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:variable name="source" as="element()?" select="$header/fileDesc/sourceDesc//(bibl | biblStruct | msIdentifier)[not(@type eq 'text')][1]"/>
    <xsl:sequence select="if (empty($source)) then () else if ($source/text()[normalize-space()]) then t:plain($source)
      else string-join($source/(* except note) ! t:listed(.)[. ne ''], ', ')"/>
  </xsl:function>

  <xsl:function name="t:attribute" as="attribute()?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="value" as="xs:string?"/>
    <xsl:if test="normalize-space($value)">
      <xsl:attribute name="{$name}" select="normalize-space($value)"/>
    </xsl:if>
  </xsl:function>

  <!-- `id` is a name of a file, and part of it may come from outside: it was cleaned by the program. -->
  <xsl:param name="document-id" as="xs:string" select="'document'"/>

  <xsl:function name="t:chapter-model" as="element(t:chapter)">
    <xsl:param name="document" as="element()"/>
    <t:chapter id="{$document-id}" title="{t:document-title($document)}">
      <xsl:for-each select="$document/text//(div | div1 | div2 | div3 | floatingText)[head/@t:level or @type][not(head/@t:level = '1')]">
        <t:part title="{@t:title}" anchor="{@t:id}" depth="{count(ancestor::*[self::div or self::div1 or self::div2 or self::floatingText])}"/>
      </xsl:for-each>
      <xsl:for-each select="$document/text//pb[normalize-space(@n)]">
        <t:page n="{normalize-space(@n)}" anchor="{@t:id}"/>
      </xsl:for-each>
    </t:chapter>
  </xsl:function>

  <xsl:key name="t:mentions" match="text//*[@t:ref]" use="@t:ref/string()"/>

  <xsl:function name="t:entries" as="element(t:entry)*">
    <xsl:param name="document" as="element()"/>
    <xsl:for-each select="distinct-values($document/text//@t:ref) ! t:entry(.)">
      <t:entry kind="{if (self::place) then 'place' else if (self::org) then 'organization' else 'person'}"
               name="{t:entry-name(.)}" sort="{t:sort-name(.)}" id="{@xml:id}" about="{replace(t:about-entry(.), '\.$', '')}">
        <xsl:for-each select="key('t:mentions', @xml:id, root($document))">
          <t:mention chapter="{$document-id}" anchor="{@t:id}" page="{normalize-space(preceding::pb[1]/@n)}"/>
        </xsl:for-each>
      </t:entry>
    </xsl:for-each>
  </xsl:function>
</xsl:stylesheet>
