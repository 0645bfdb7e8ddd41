<?xml version="1.0" encoding="UTF-8"?>
<!-- What the header says, as facts with a label: web, print and catalogues say the same. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                expand-text="yes" exclude-result-prefixes="#all">

  <xsl:function name="t:document-title" as="xs:string">
    <xsl:param name="document" as="element()"/>
    <xsl:sequence select="string($document/@t:title)"/>
  </xsl:function>

  <xsl:function name="t:document-subtitle" as="xs:string?">
    <xsl:param name="document" as="element()"/>
    <xsl:sequence select="($document/teiHeader/fileDesc/titleStmt/title[@type eq 'sub'] ! t:plain(.))[. ne ''][1]"/>
  </xsl:function>

  <xsl:function name="t:authors" as="xs:string*">
    <xsl:param name="document" as="element()"/>
    <xsl:sequence select="($document/teiHeader/fileDesc/titleStmt/author ! t:plain(.))[. ne '']"/>
  </xsl:function>

  <!-- The day on which the document was written, for catalogues: only what the header says. -->
  <xsl:function name="t:written" as="element()?">
    <xsl:param name="document" as="element()"/>
    <xsl:sequence select="($document/teiHeader/profileDesc/(correspDesc/correspAction[@type eq 'sent']/date | creation/date | creation/origDate),
      $document/teiHeader/fileDesc/sourceDesc//origDate)[1]"/>
  </xsl:function>

  <!-- All facts of a header, as the first pass found them, each with the group under which it is shown. -->
  <xsl:function name="t:facts" as="element(t:fact)*">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:sequence select="$header/t:facts/t:said/t:fact"/>
  </xsl:function>

  <!-- The words of an element whose parts are facts of their own: separated by commas if nothing else stands between. -->
  <xsl:function name="t:listed" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="if ($element/text()[normalize-space()] or empty($element/*)) then t:plain($element)
      else string-join($element/* ! (if (self::date) then t:date-words(.) else if (self::idno[@type = 'sha256']) then 'SHA-256 ' || t:plain(.)
        else t:listed(.))[. ne ''], ', ')"/>
  </xsl:function>

  <!-- The words of a date; if it has none, its values. -->
  <xsl:function name="t:date-words" as="xs:string?">
    <xsl:param name="date" as="element()"/>
    <xsl:sequence select="if ($date/self::date and t:plain($date) ne '') then t:plain($date)
      else (string-join($date/(@when, @from, @to), '–'), string-join($date/(@notBefore ! ('not before ' || .), @notAfter ! ('not after ' || .)), ', '))[. ne ''][1]"/>
  </xsl:function>
</xsl:stylesheet>
