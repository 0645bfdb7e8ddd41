<?xml version="1.0" encoding="UTF-8"?>
<!-- The book around the text: what a PDF says of itself, running heads, colophon. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" expand-text="no" exclude-result-prefixes="#all">

  <xsl:mode name="book" on-no-match="fail" on-multiple-match="fail"/>
  <xsl:mode name="text" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="*" as="xs:string*" mode="book">
    <xsl:sequence select="$design, '&#10;'"/>
    <xsl:sequence select="'#show: book.with(&#10;',
      t:named('title', t:document-title(.)),
      t:named('subtitle', t:document-subtitle(.)),
      '  author: (' || string-join(t:authors(.) ! (t:literal(.) || ','), ' ') || '),&#10;',
      t:named('collection', $collection[. ne '']),
      t:named('language', (t:language(.), 'en')[1] => tokenize('-') => head() => lower-case()),
      '  date: ' || t:day(.) || ',&#10;',
      '  keywords: (' || string-join(.//keywords//(term | item) ! (t:literal(t:plain(.)) || ','), ' ') || '),&#10;',
      ')&#10;'"/>
    <xsl:if test="empty(text//(head | titlePart)[@t:level = '1'])">
      <xsl:sequence select="'#made-title(' || t:literal(t:document-title(.)) || ')&#10;'"/>
    </xsl:if>
    <xsl:apply-templates select="text" mode="text"/>
    <xsl:apply-templates select="teiHeader" mode="book"/>
    <xsl:sequence select="'#page-map()&#10;'"/>
  </xsl:template>

  <!-- The colophon: what is known of the source, the licence, and how the edition was made. -->
  <xsl:template match="teiHeader" as="xs:string*" mode="book">
    <xsl:sequence select="'&#10;#colophon(('"/>
    <xsl:for-each-group select="t:facts(.)[not(@group = 'Document' and @label = ('Title', 'Subtitle', 'Author'))]" group-by="@group || '/' || @label">
      <xsl:sort select="index-of(('Document', 'Source', 'Edition', 'How it was encoded', 'Changes'), current-group()[1]/@group)"/>
      <xsl:sequence select="'&#10;  (' || t:literal(current-group()[1]/@label) || ', '
        || t:literal(t:joined(current-group() ! replace(., '([0-9a-f]{32})([0-9a-f]{32})', '$1&#x200B;$2')))
        || ', ' || t:literal(current-group()[1]/@group) || '),'"/>
    </xsl:for-each-group>
    <xsl:sequence select="'&#10;))&#10;'"/>
  </xsl:template>

  <!-- Facts of one label: each is parted from the one before, unless that is a sentence. -->
  <xsl:function name="t:joined" as="xs:string">
    <xsl:param name="facts" as="xs:string*"/>
    <xsl:sequence select="string-join(for $at in 1 to count($facts)
      return ((if ($at eq 1) then '' else if (matches($facts[$at - 1], '[.!?]$')) then ' ' else '; '), $facts[$at]))"/>
  </xsl:function>

  <xsl:function name="t:named" as="xs:string?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="value" as="xs:string?"/>
    <xsl:sequence select="$value ! ('  ' || $name || ': ' || t:literal(.) || ',&#10;')"/>
  </xsl:function>

  <!-- The day of publication; a PDF is dated by what the edition says, never by the clock. -->
  <xsl:function name="t:day" as="xs:string">
    <xsl:param name="document" as="element()"/>
    <xsl:variable name="day" as="xs:date?"
                  select="(($document/teiHeader/fileDesc/publicationStmt/date/@when/string(), $day)[. castable as xs:date] ! xs:date(.))[1]"/>
    <xsl:sequence select="if (empty($day)) then 'none' else 'datetime(year: ' || year-from-date($day)
      || ', month: ' || month-from-date($day) || ', day: ' || day-from-date($day) || ')'"/>
  </xsl:function>
</xsl:stylesheet>
