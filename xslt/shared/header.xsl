<?xml version="1.0" encoding="UTF-8"?>
<!-- What the header says, as facts with a label: web, print and catalogues say the same. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                expand-text="yes" exclude-result-prefixes="#all">

  <xsl:function name="t:document-title" as="xs:string">
    <xsl:param name="document" as="element()"/>
    <xsl:variable name="titles" as="element()*" select="$document/teiHeader/fileDesc/titleStmt/title"/>
    <xsl:sequence select="(($titles[@type eq 'main'], $titles, $document//(head | titlePart)[@t:level = '1']) ! t:plain(.),
      $document/@xml:id/string(), 'Untitled')[. ne ''][1]"/>
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

  <!-- All facts of a header, in reading order, each with the group under which it is shown. -->
  <xsl:function name="t:facts" as="element(t:fact)*">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:apply-templates select="$header" mode="facts"/>
  </xsl:function>

  <xsl:mode name="facts" on-no-match="shallow-skip" on-multiple-match="fail"/>
  <xsl:template match="text()" as="empty-sequence()" mode="facts"/>

  <xsl:template match="titleStmt/title[t:plain(.)]" as="element()" mode="facts">
    <t:fact group="Document" label="{if (@type eq 'sub') then 'Subtitle' else 'Title'}">{t:plain(.)}</t:fact>
  </xsl:template>
  <xsl:template match="titleStmt/author[t:plain(.)] | titleStmt/editor[t:plain(.)]" as="element()" mode="facts">
    <t:fact group="Document" label="{if (self::author) then 'Author' else 'Editor'}">{t:plain(.)}</t:fact>
  </xsl:template>
  <xsl:template match="respStmt" as="element()" mode="facts">
    <t:fact group="Edition" label="Responsible">{string-join((resp ! t:plain(.), string-join((* except resp) ! t:plain(.), ', '))[. ne ''], ': ')}</t:fact>
  </xsl:template>
  <xsl:template match="publicationStmt/publisher | publicationStmt/distributor | publicationStmt/authority" as="element()?" mode="facts">
    <xsl:if test="t:plain(.)"><t:fact group="Edition" label="Published by">{t:plain(.)}</t:fact></xsl:if>
  </xsl:template>
  <xsl:template match="publicationStmt/date[t:date-words(.)]" as="element()" mode="facts">
    <t:fact group="Edition" label="Published">{t:date-words(.)}</t:fact>
  </xsl:template>
  <xsl:template match="publicationStmt/idno[t:plain(.)]" as="element()" mode="facts">
    <t:fact group="Edition" label="Identifier">{string-join((@type[. ne 'local'] ! (. || ':'), t:plain(.)), ' ')}</t:fact>
  </xsl:template>
  <xsl:template match="licence | availability[not(licence)][t:plain(.)]" as="element()" mode="facts">
    <t:fact group="Edition" label="Licence">
      <xsl:if test="exists(t:safe-target(@target))"><xsl:attribute name="href" select="t:safe-target(@target)"/></xsl:if>
      <xsl:value-of select="(t:plain(.), string(@target))[. ne ''][1]"/>
    </t:fact>
  </xsl:template>
  <!-- How to cite the edition, of what the header says and nothing else. -->
  <xsl:template match="fileDesc" as="element()*" mode="facts">
    <xsl:variable name="document" as="element()" select="../.."/>
    <xsl:variable name="title" as="xs:string" select="string-join((t:document-title($document), t:document-subtitle($document)), ', ')"/>
    <xsl:variable name="published" as="xs:string*"
                  select="(publicationStmt/publisher ! t:plain(.))[. ne ''][1], (publicationStmt/date ! t:date-words(.))[normalize-space()][1]"/>
    <xsl:apply-templates mode="facts"/>
    <t:fact group="Edition" label="Cite as">{string-join((string-join(t:authors($document), ', ')[. ne ''], '“' || $title || '”',
      t:written($document)[self::date or self::origDate] ! t:date-words(.)[normalize-space()],
      string-join($published, ', ')[. ne '']), '. ')}.</t:fact>
  </xsl:template>

  <xsl:template match="editionStmt | extent | seriesStmt | notesStmt/note" as="element()?" mode="facts">
    <xsl:if test="t:plain(.)"><t:fact group="Edition" label="{t:label-of(.)}">{t:plain(.)}</t:fact></xsl:if>
  </xsl:template>

  <xsl:template match="sourceDesc//bibl | sourceDesc//biblStruct | sourceDesc/p | sourceDesc//msIdentifier | sourceDesc//msItem
                       | sourceDesc//msContents/summary | sourceDesc//physDesc | sourceDesc//history" as="element()?" mode="facts">
    <xsl:if test="t:listed(.)">
      <t:fact group="Source" label="{t:label-of(.)}">{t:listed(.)}</t:fact>
    </xsl:if>
  </xsl:template>

  <xsl:template match="correspAction" as="element()?" mode="facts">
    <xsl:if test="t:listed(.)"><t:fact group="Document" label="{t:label-of(.)}">{t:listed(.)}</t:fact></xsl:if>
  </xsl:template>
  <xsl:template match="profileDesc/creation[t:listed(.)] | profileDesc/abstract[t:plain(.)]" as="element()" mode="facts">
    <t:fact group="Document" label="{t:label-of(.)}">{t:listed(.)}</t:fact>
  </xsl:template>
  <xsl:template match="langUsage/language" as="element()" mode="facts">
    <t:fact group="Document" label="Language">{(t:plain(.), @ident)[. ne ''][1]}</t:fact>
  </xsl:template>
  <xsl:template match="keywords/term[t:plain(.)] | keywords/list/item[t:plain(.)]" as="element()" mode="facts">
    <t:fact group="Document" label="Keyword">{t:plain(.)}</t:fact>
  </xsl:template>

  <xsl:template match="projectDesc | samplingDecl | refsDecl | editorialDecl/p | editorialDecl/* | classDecl/taxonomy" as="element()?" mode="facts">
    <xsl:if test="t:plain(.)">
      <t:fact group="How it was encoded" label="{t:label-of(.)}">{t:paragraphs(.)}</t:fact>
    </xsl:if>
  </xsl:template>
  <xsl:template match="appInfo/application" as="element()" mode="facts">
    <t:fact group="How it was encoded" label="Program">{string-join(((label ! t:plain(.), @ident)[. ne ''][1] || @version ! (' ' || .), (desc | p) ! t:plain(.)), '; ')}</t:fact>
  </xsl:template>
  <xsl:template match="revisionDesc//change" as="element()" mode="facts">
    <t:fact group="Changes" label="{(t:date-words(.)[normalize-space()], 'Change')[1]}">{t:plain(.)}</t:fact>
  </xsl:template>

  <!-- The words of an element whose parts are facts of their own: separated by commas if nothing else stands between. -->
  <xsl:function name="t:listed" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="if ($element/text()[normalize-space()] or empty($element/*)) then t:plain($element)
      else string-join($element/* ! (if (self::date) then t:date-words(.) else if (self::idno[@type = 'sha256']) then 'SHA-256 ' || t:plain(.)
        else t:listed(.))[. ne ''], ', ')"/>
  </xsl:function>

  <xsl:function name="t:paragraphs" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="string-join(if ($element/p) then $element/p ! t:plain(.) else t:plain($element), ' ')"/>
  </xsl:function>

  <!-- The words of a date; if it has none, its values. -->
  <xsl:function name="t:date-words" as="xs:string?">
    <xsl:param name="date" as="element()"/>
    <xsl:sequence select="if ($date/self::date and t:plain($date) ne '') then t:plain($date)
      else (string-join($date/(@when, @from, @to), '–'), string-join($date/(@notBefore ! ('not before ' || .), @notAfter ! ('not after ' || .)), ', '))[. ne ''][1]"/>
  </xsl:function>

  <!-- The plain English name of what a header element holds. -->
  <xsl:function name="t:label-of" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="key" as="xs:string" select="local-name($element) || $element/(self::bibl | self::correspAction)/@type ! ('-' || .)"/>
    <xsl:variable name="names" as="map(xs:string, xs:string)" select="map{
      'bibl-printed': 'Printed in', 'bibl-text': 'Text received', 'bibl': 'Source', 'msIdentifier': 'Original kept in',
      'physDesc': 'Form', 'history': 'History', 'summary': 'Contents', 'correspAction-sent': 'Sent by',
      'correspAction-received': 'Received by', 'creation': 'Written', 'abstract': 'Abstract', 'correction': 'Corrections',
      'hyphenation': 'Word division', 'interpretation': 'Interpretation', 'normalization': 'Normalization',
      'quotation': 'Quotation marks', 'punctuation': 'Punctuation', 'segmentation': 'Structure', 'stdVals': 'Values',
      'projectDesc': 'Project', 'refsDecl': 'References', 'taxonomy': 'Classification', 'p': 'Rules', 'editionStmt': 'Edition',
      'seriesStmt': 'Series', 'extent': 'Extent', 'note': 'Note'}"/>
    <xsl:sequence select="($names($key), $names(local-name($element)), upper-case(substring(local-name($element), 1, 1)) || substring(local-name($element), 2))[1]"/>
  </xsl:function>
</xsl:stylesheet>
