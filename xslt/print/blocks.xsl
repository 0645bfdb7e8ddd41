<?xml version="1.0" encoding="UTF-8"?>
<!-- Paragraphs and what stands beside them. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" expand-text="no" exclude-result-prefixes="#all">

  <!-- A paragraph that is nothing but stamps is what stood on the sheet, not in a line. -->
  <xsl:template match="p[stamp][not(* except stamp)][not(text()[normalize-space()])]" as="xs:string*" mode="text" priority="1">
    <xsl:for-each select="stamp">
      <xsl:sequence select="'&#10;&#10;', t:call('stamp-block', (), t:content(.)), '&#10;'"/>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="p | ab" as="xs:string*" mode="text">
    <xsl:variable name="salute" as="xs:string*">
      <xsl:apply-templates select="t:run-in(.)" mode="run-in"/>
    </xsl:variable>
    <xsl:sequence select="'&#10;&#10;', t:call('para', (t:rend(.), 'heads: true'[t:heads(current())]), ($salute, t:content(.), t:reach-down(.))), '&#10;', t:go-back-up(.)"/>
  </xsl:template>

  <!-- One centred line, or two, are the heading of what follows; dots are none. A note would not move with its mark. -->
  <xsl:function name="t:heads" as="xs:boolean">
    <xsl:param name="line" as="element()"/>
    <xsl:variable name="below" as="element()*" select="$line/following-sibling::*[not(self::pb)][position() le 2]"/>
    <xsl:sequence select="t:is-centred-line($line) and exists($below[not(t:is-centred-line(.))])"/>
  </xsl:function>
  <xsl:function name="t:is-centred-line" as="xs:boolean">
    <xsl:param name="block" as="element()"/>
    <xsl:sequence select="$block/self::p/t:rend(.) = t:literal('center') and string-length($block) le 80 and matches($block, '\p{L}') and empty($block//(note | gap))"/>
  </xsl:function>

  <!-- The last line above a closer, of a paragraph, a list or a quotation, goes with it to the next page. -->
  <xsl:function name="t:reach-down" as="xs:string?">
    <xsl:param name="block" as="element()"/>
    <xsl:sequence select="if (t:last-line($block) is $block) then t:closer-below($block) ! ('#reach-down(' || t:lines(.) || ');') else ()"/>
  </xsl:function>
  <xsl:function name="t:go-back-up" as="xs:string?">
    <xsl:param name="block" as="element()"/>
    <xsl:sequence select="if (t:last-line($block)) then t:next($block)/self::closer ! ('&#10;#go-back-up(' || t:lines(.) || ')&#10;') else ()"/>
  </xsl:function>

  <!-- How many lines a closer has, about. -->
  <xsl:function name="t:lines" as="xs:integer">
    <xsl:param name="closer" as="element(closer)"/>
    <xsl:sequence select="min((count($closer/(node()[self::* or normalize-space()] | .//lb)), 12))"/>
  </xsl:function>

  <xsl:function name="t:next" as="node()?">
    <xsl:param name="block" as="element()"/>
    <xsl:sequence select="$block/following-sibling::node()[self::*[not(self::pb)] or normalize-space()][1]"/>
  </xsl:function>

  <!-- The closer that follows a block, or a block that ends with it. -->
  <xsl:function name="t:closer-below" as="element(closer)?">
    <xsl:param name="block" as="element()"/>
    <xsl:variable name="next" as="node()?" select="t:next($block)"/>
    <xsl:sequence select="if ($next) then $next/self::closer else $block/parent::*/(self::p | self::ab | self::list | self::item | self::quote) ! t:closer-below(.)"/>
  </xsl:function>

  <!-- What has the last line of a block as its own words, if that is a line of text. -->
  <xsl:function name="t:last-line" as="element()?">
    <xsl:param name="block" as="element()"/>
    <xsl:variable name="last" as="node()?" select="$block/node()[self::*[not(self::pb)] or normalize-space()][last()]"/>
    <xsl:sequence select="if ($block/self::list) then $last/self::item ! t:last-line(.)
      else if (exists($last) and t:is-block($last)) then $last/(self::list | self::p | self::quote) ! t:last-line(.) else $block"/>
  </xsl:function>

  <xsl:mode name="run-in" on-no-match="fail" on-multiple-match="fail"/>
  <xsl:template match="salute" as="xs:string*" mode="run-in">
    <xsl:sequence select="t:content(.), ' '"/>
  </xsl:template>

  <!-- Whether a mark of a page stands between blocks: in a division; in a quotation or an item, too, if blocks are on both sides, or on one and nothing on the other. -->
  <xsl:function name="t:is-between-blocks" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="around" as="node()*" select="($element/preceding-sibling::node()[t:is-content(.)])[last()],
      $element/following-sibling::node()[t:is-content(.)][1]"/>
    <xsl:sequence select="exists($element/parent::*/(self::div | self::div1 | self::div2 | self::div3
      | self::body | self::front | self::back | self::text | self::postscript | self::floatingText))
      or exists($element/parent::*/(self::item | self::quote)) and exists($around) and (every $one in $around satisfies t:is-block($one))"/>
  </xsl:function>
  <xsl:function name="t:is-content" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="exists($node/(self::*[not(self::pb or self::fw)] | self::text()[normalize-space()]))"/>
  </xsl:function>

  <!-- How a block stands on the page, of the words that its `@rend` has. -->
  <xsl:function name="t:rend" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="word" as="xs:string?" select="tokenize($element/@rend)[. = ('center', 'centre', 'right', 'flushleft')][1]"/>
    <xsl:sequence select="t:literal(if ($word eq 'centre') then 'center' else ($word, 'plain')[1])"/>
  </xsl:function>

  <xsl:template match="opener | closer | trailer | epigraph | argument" as="xs:string*" mode="text">
    <xsl:variable name="parts" as="node()*" select="node()[not(self::salute[t:is-taken-up(.)])][self::* or normalize-space()]"/>
    <xsl:if test="exists($parts)">
      <xsl:variable name="content" as="xs:string*"><xsl:apply-templates select="$parts" mode="text"/></xsl:variable>
      <xsl:sequence select="'&#10;&#10;', t:call(if (self::closer) then 'closer' else 'opener', (), $content), '&#10;'"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="idno[parent::opener or parent::closer] | dateline | salute | signed | byline
                       | address | seg[@type][parent::opener or parent::closer]" as="xs:string*" mode="text">
    <xsl:sequence select="'&#10;&#10;', t:call('line-box', t:literal(local-name()), t:content(.)), '&#10;'"/>
  </xsl:template>

  <xsl:template match="addrLine" as="xs:string*" mode="text">
    <xsl:sequence select="t:content(.), '#&quot; &quot;;#linebreak();'"/>
  </xsl:template>

  <xsl:template match="stamp[t:is-block(.) or parent::titlePage or parent::opener or parent::closer or parent::postscript]" as="xs:string*" mode="text">
    <xsl:sequence select="'&#10;&#10;', t:call('stamp-block', (), t:content(.)), '&#10;'"/>
  </xsl:template>
  <xsl:template match="stamp[not(t:is-block(.) or parent::titlePage or parent::opener or parent::closer or parent::postscript)]" as="xs:string*" mode="text">
    <!-- A box has no spaces at its edges. -->
    <xsl:sequence select="' '[starts-with(current(), ' ')], t:call('stamp-inline', (), t:content(.)), ' '[ends-with(current(), ' ')]"/>
  </xsl:template>

  <xsl:template match="quote[t:is-block(.)] | cit[t:is-block(.)]" as="xs:string*" mode="text">
    <xsl:sequence select="'&#10;&#10;', t:call('quotation', (), (t:parts(.), t:reach-down(.))), '&#10;', t:go-back-up(.)"/>
  </xsl:template>

  <!-- Few lines stand on one page together; of those with notes the notes decide. -->
  <xsl:template match="lg" as="xs:string*" mode="text">
    <xsl:variable name="kept" as="xs:boolean" select="count(l) le 14 and empty(lg | .//note | .//pb)"/>
    <xsl:sequence select="'&#10;&#10;', t:call('stanza', 'kept: true'[$kept], t:content(.)), '&#10;'"/>
  </xsl:template>
  <xsl:template match="l" as="xs:string*" mode="text">
    <xsl:variable name="rend" as="xs:string*" select="tokenize(@rend)"/>
    <xsl:variable name="shift" as="xs:decimal"
                  select="sum((2.8[current()/ancestor::lg], 7.0[current()/@part = ('F', 'M')], 1.8[$rend = ('indent', 'indented')],
                          3.6[$rend = 'indent2'], 7.0[$rend = 'indent3']))"/>
    <xsl:sequence select="'&#10;&#10;', t:call('verse', $shift || 'em', t:content(.)), '&#10;'"/>
  </xsl:template>

  <!-- A picture that was found, and what describes it; one of another host is not fetched. -->
  <xsl:template match="figure" as="xs:string*" mode="text">
    <xsl:sequence select="'&#10;&#10;', t:call('quotation', (), t:content(.)), '&#10;'"/>
  </xsl:template>
  <xsl:template match="figDesc | graphic/desc" as="xs:string*" mode="text">
    <xsl:sequence select="'&#10;&#10;', t:call('para', t:literal('plain'), t:content(.)), '&#10;'"/>
  </xsl:template>
  <xsl:template match="graphic" as="xs:string*" mode="text">
    <xsl:if test="@t:width and not(ancestor::note)">
      <xsl:variable name="described" as="xs:string" select="((desc, ../figDesc, ../head) ! normalize-space()[. ne ''], 'Picture')[1]"/>
      <xsl:sequence select="'#picture(' || string-join((t:literal(@t:facs), t:literal($described), @t:width, @t:height, string(empty(parent::figure))), ', ') || ');'"/>
    </xsl:if>
    <xsl:apply-templates select="*" mode="text"/>
  </xsl:template>

  <!-- Notes that the text does not call stand where the source has them, and say so. -->
  <xsl:template match="noteGrp" as="xs:string*" mode="text">
    <xsl:sequence select="'&#10;&#10;', t:call('stray-notes', string(count(note)), t:content(.)), '&#10;'"/>
  </xsl:template>
  <xsl:template match="noteGrp/note" as="xs:string*" mode="text">
    <xsl:sequence select="'&#10;&#10;', t:call('stray-note', (t:literal(@t:label), t:address(@t:id)), t:note-content(.)), '&#10;'"/>
  </xsl:template>
</xsl:stylesheet>
