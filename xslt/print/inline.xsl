<?xml version="1.0" encoding="UTF-8"?>
<!-- What stands within a line: notes, page and line breaks, emphasis, corrections, names, links. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" expand-text="no" exclude-result-prefixes="#all">

  <xsl:template match="text()" as="xs:string" mode="text">
    <xsl:sequence select="t:words(.)"/>
  </xsl:template>

  <!-- White space of the file between blocks is no space between words. -->
  <xsl:template match="(body | front | back | text | group | div | div1 | div2 | div3 | floatingText | postscript | opener | closer | list | table
                        | row | titlePage | docTitle | noteGrp | lg | figure)/text()[not(normalize-space())]"
                as="empty-sequence()" mode="text" priority="1"/>

  <!-- The mark is what the original printed; the note's words follow where its mark stands. -->
  <xsl:template match="note[not(parent::noteGrp)]" as="xs:string*" mode="text">
    <!-- Typst drops a space before the mark. Where no other follows, this one parts two words, and is held (word joiner). -->
    <xsl:if test="ends-with(preceding::text()[1], ' ') and not(starts-with(following::text()[1], ' '))"><xsl:sequence select="'#sym.wj;'"/></xsl:if>
    <xsl:sequence select="t:call('foot', (t:literal(@t:label), t:address(@t:id)), t:note-content(.))"/>
  </xsl:template>

  <!-- The first paragraph of a note goes on in the line of its mark. -->
  <xsl:function name="t:note-content" as="xs:string*">
    <xsl:param name="note" as="element(note)"/>
    <xsl:variable name="first" as="element(p)?" select="$note/p[1][empty(preceding-sibling::*) and empty(preceding-sibling::text()[normalize-space()])]"/>
    <xsl:variable name="words" as="xs:string*">
      <xsl:sequence select="$first ! t:content(.)"/>
      <xsl:apply-templates select="$note/node() except $first" mode="text"/>
    </xsl:variable>
    <xsl:sequence select="if ($note/@t:lang) then t:call('foreign-block', 'lang: ' || t:literal(lower-case(tokenize($note/@t:lang, '-')[1])), $words) else $words"/>
  </xsl:function>

  <!-- Where a page of the original begins, its number stands in the margin, and so does the running head that
       its printer set there: between the words of a sentence a reader would take either for text.
       Marks that follow each other are one group, so that none covers the other. -->
  <xsl:template match="pb | fw" as="xs:string*" mode="text">
    <xsl:variable name="group" as="element()+" select="t:margin-group(.)"/>
    <xsl:variable name="marks" as="xs:string*">
      <xsl:apply-templates select="$group" mode="margin"><xsl:with-param name="alone" select="count($group) eq 1"/></xsl:apply-templates>
    </xsl:variable>
    <xsl:sequence select="if (t:is-between-blocks(.)) then ('&#10;', t:call('margin-above', (), $marks), '&#10;')
      else t:call('margin-beside', (t:literal(if (empty($group/self::pb)) then 'none' else if (t:within-word(.)) then 'word' else 'gap')), $marks)"/>
  </xsl:template>
  <xsl:template match="pb[t:is-in-group(.)] | fw[t:is-in-group(.)][not(t:is-between-blocks(.))]" as="empty-sequence()" mode="text" priority="1"/>

  <!-- Between blocks a running head has a line of its own. -->
  <xsl:template match="fw[t:is-between-blocks(.)]" as="xs:string*" mode="text" priority="2">
    <xsl:sequence select="'&#10;&#10;', t:call('forme-line', (), t:content(.)), '&#10;'"/>
  </xsl:template>

  <xsl:mode name="margin" on-no-match="fail" on-multiple-match="fail"/>
  <!-- A page without a number that stands alone gets a sign. -->
  <xsl:template match="pb" as="xs:string" mode="margin">
    <xsl:param name="alone" as="xs:boolean"/>
    <xsl:sequence select="'#margin-number(' || string-join((t:literal(normalize-space(@n)), t:address(@t:id), string($alone)), ', ') || ');'"/>
  </xsl:template>
  <!-- The spaces part the words of the margin from those of the line. -->
  <xsl:template match="fw" as="xs:string*" mode="margin">
    <xsl:sequence select="' ', t:call('margin-words', (), t:content(.)), ' '"/>
  </xsl:template>

  <!-- The marks that follow each other with nothing between them; a running head between blocks is none of them. -->
  <xsl:function name="t:margin-group" as="element()+">
    <xsl:param name="mark" as="element()"/>
    <xsl:variable name="next" as="node()?" select="$mark/following-sibling::node()[self::* or normalize-space()][1]"/>
    <xsl:sequence select="$mark, $next[self::pb or self::fw[not(t:is-between-blocks(.))]] ! t:margin-group(.)"/>
  </xsl:function>

  <xsl:function name="t:is-in-group" as="xs:boolean">
    <xsl:param name="mark" as="element()"/>
    <xsl:sequence select="exists($mark/preceding-sibling::node()[self::* or normalize-space()][1][self::pb or self::fw[not(t:is-between-blocks(.))]])"/>
  </xsl:function>

  <!-- Whether the page ended within a word, so that no line may end there. -->
  <xsl:function name="t:within-word" as="xs:boolean">
    <xsl:param name="break" as="element()"/>
    <xsl:sequence select="matches($break/preceding-sibling::node()[not(self::pb or self::fw or self::lb[@break eq 'no'])][1]/self::text(), '\S$')
      and matches($break/following-sibling::node()[not(self::pb or self::fw)][1]/self::text(), '^\S')"/>
  </xsl:function>

  <!-- What has a note of half a page or more: about 2,000 characters. -->
  <xsl:template match="(p | head | list[empty(ancestor::list)] | l)[.//note[string-length() gt 2000]][empty(ancestor::note)]"
                as="xs:string*" mode="text" priority="4">
    <xsl:variable name="made" as="xs:string*"><xsl:next-match/></xsl:variable>
    <xsl:sequence select="'&#10;&#10;', t:call('with-long-note', (), $made), '&#10;'"/>
  </xsl:template>

  <!-- A paragraph with the mark of a note in its first or last two lines, which are about 160 characters. -->
  <xsl:template match="p[note][empty(ancestor::note)]" as="xs:string*" mode="text" priority="3.5">
    <xsl:variable name="made" as="xs:string*"><xsl:next-match/></xsl:variable>
    <xsl:variable name="words" as="text()*" select=".//text()[empty(ancestor::note)]"/>
    <xsl:variable name="before" as="xs:integer" select="sum($words[. &lt;&lt; current()/note[1]] ! string-length())"/>
    <xsl:variable name="after" as="xs:integer" select="sum($words[. &gt;&gt; current()/note[last()]] ! string-length())"/>
    <xsl:variable name="free" as="xs:string*" select="'first: true'[$before lt 160], 'last: true'[$after lt 160]"/>
    <xsl:sequence select="if (exists($free)) then ('&#10;&#10;', t:call('free-lines', $free, $made), '&#10;') else $made"/>
  </xsl:template>

  <!-- A mark in the margin stands in one space, not between two. -->
  <xsl:template match="text()[starts-with(., ' ')][preceding-sibling::node()[1][self::pb or self::fw]]" as="xs:string" mode="text" priority="2">
    <xsl:variable name="before" as="node()?" select="preceding-sibling::node()[not(self::pb or self::fw)][normalize-space()][1]"/>
    <xsl:sequence select="t:words(if (ends-with($before/self::text(), ' ')) then substring(., 2) else .)"/>
  </xsl:template>

  <xsl:template match="cb | milestone | anchor[not(node())]" as="empty-sequence()" mode="text"/>

  <!-- The space is for who hears or copies the line: there is no other between its last word and the next. -->
  <xsl:template match="lb" as="xs:string" mode="text"><xsl:sequence select="'#&quot; &quot;;#linebreak();'"/></xsl:template>
  <!-- Where a word goes on in the next line of the original, it is one word here. -->
  <xsl:template match="lb[@break eq 'no']" as="empty-sequence()" mode="text" priority="1"/>
  <!-- The line with which a block begins needs no break before it. -->
  <xsl:template match="lb[../@t:block or parent::item or parent::cell][empty(preceding-sibling::node()[normalize-space()
                       or self::*[not(self::pb or self::cb or self::milestone)]])]" as="empty-sequence()" mode="text" priority="1.5"/>

  <xsl:template match="hi | del | add | emph | title | foreign | corr | reg | sic | orig" as="xs:string*" mode="text">
    <xsl:sequence select="t:call('styled', (t:literal(t:style(.)), t:language-argument(.)), t:content(.))"/>
  </xsl:template>

  <xsl:function name="t:style" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="words" as="xs:string*" select="tokenize($element/@rend)"/>
    <xsl:sequence select="
      if ($words = ('italic', 'italics') or $element/(self::emph | self::title)
          or $element/self::foreign[matches(., '^[&#x20;-&#x17F;]*$')]) then 'italic'
      else if ($words = 'bold') then 'bold'
      else if ($words = ('superscript', 'sup')) then 'superscript'
      else if ($words = ('subscript', 'sub')) then 'subscript'
      else if ($words = ('smallcaps', 'small-caps', 'sc')) then 'smallcaps'
      else if ($element/self::del or $words = 'strikethrough') then 'strike'
      else if ($words = ('underline', 'underlined')) then 'underline'
      else 'plain'"/>
  </xsl:function>

  <!-- Both readings are printed, the edition's first, so that none is hidden. -->
  <xsl:template match="choice" as="xs:string*" mode="text">
    <xsl:apply-templates select="corr | reg | expan | choice | seg | unclear" mode="text"/>
    <xsl:for-each select="sic | orig | abbr">
      <xsl:variable name="reading" as="xs:string*"><xsl:apply-templates select="." mode="text"/></xsl:variable>
      <xsl:sequence select="' ', t:call('as-in-source', (), $reading)"/>
    </xsl:for-each>
  </xsl:template>

  <!-- The sign of an omission is what the text has beside it (dots); a gap without any gets one. -->
  <xsl:template match="gap" as="xs:string?" mode="text">
    <xsl:if test="not(@t:printed)"><xsl:sequence select="'#omission();'"/></xsl:if>
  </xsl:template>
  <xsl:template match="space" as="xs:string" mode="text"><xsl:sequence select="'#h(1em);'"/></xsl:template>

  <!-- A link out goes to the web or to mail only; a link within the edition is plain text in a book. -->
  <xsl:template match="ref | ptr" as="xs:string*" mode="text">
    <xsl:variable name="target" as="xs:string?" select="t:safe-target(@target)"/>
    <xsl:if test="empty($target) and @target">
      <xsl:call-template name="t:report">
        <xsl:with-param name="flaw" select="'dead-link'"/>
        <xsl:with-param name="value" select="string(@target)"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:choose>
      <xsl:when test="exists($target[not(starts-with(., '#'))]) and normalize-space() ne '' and empty(.//note | .//pb | ancestor::ref)">
        <xsl:sequence select="t:call('link', t:literal($target), t:content(.))"/>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates mode="text"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A name that is known is marked for the index of a volume; a reader of the text sees nothing of it. -->
  <xsl:template match="*[@t:ref]" as="xs:string*" mode="text" priority="3">
    <xsl:sequence select="'#named(' || t:literal(@t:ref) || ', ' || string(exists(ancestor::note)) || ');'"/>
    <xsl:next-match/>
  </xsl:template>

  <xsl:template match="cit[not(t:is-block(.))]" as="xs:string*" mode="text"><xsl:sequence select="t:parts(.)"/></xsl:template>

  <xsl:template match="supplied | unclear" as="xs:string*" mode="text">
    <xsl:sequence select="t:call(local-name(), (), t:content(.))"/>
  </xsl:template>

  <!-- Names, dates and the like are printed as text: a book marks none of them. -->
  <xsl:template match="persName | placeName | orgName | name | rs | roleName | forename | surname | genName | nameLink | addName
                       | settlement | country | region | geogName | bloc | district | email | date | time | num | measure
                       | seg[not(@type) or not(parent::opener or parent::closer)] | idno[not(parent::opener or parent::closer)]
                       | abbr | expan | ex | am | subst | surplus | secl | soCalled | mentioned | term | gloss | w | c | pc
                       | distinct | stage | anchor[node()] | formula | bibl | biblScope | author | editor | said | q
                       | quote[not(t:is-block(.))] | rhyme | caesura | handShift
                       | att | gi | val | availability | licence | citedRange | distributor | edition | extent | origDate | resp | respStmt | textLang" as="xs:string*" mode="text">
    <xsl:apply-templates mode="text"/>
  </xsl:template>
</xsl:stylesheet>
