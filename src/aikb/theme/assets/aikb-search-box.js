/* The search box: Material's look and keys, rows of aikb-search.js. aikb.js loads the two, published as one, when the box is
   first used. Whatever the notes, the tags or the query hold becomes text, never markup. */
(() => {
  "use strict"
  const { Files, search, written, chunks } = window.aikbSearch
  const ROOT = new URL("../", document.currentScript.src)
  const WAIT = 70 /* milliseconds after a key, so that fast typing asks once */
  const REST = 150 /* milliseconds after the first rows, which are mostly all that is looked at */
  const REQUESTS = 5, STEMS = 4 /* files asked for before the first rows, beside meta.json; of these, of stems */
  const FIRST = 5, PAGE = 10, MORE = 10, EXCERPT = 210, MARKED = 16

  const offline = () => new Promise((resolve, reject) => {
    if (window.aikbSearchFiles) { resolve(window.aikbSearchFiles); return }
    const script = document.createElement("script")
    script.src = new URL("search/bundle.js", ROOT).href
    script.onload = () => resolve(window.aikbSearchFiles)
    script.onerror = () => reject(new Error("no bundle"))
    document.head.append(script)
  })
  const load = location.protocol === "file:"
    ? async name => JSON.parse((await offline())[`search/${name}.json`])
    : async name => {
      const answer = await fetch(new URL(`search/${name}.json`, ROOT))
      if (!answer.ok) throw new Error(String(answer.status))
      return answer.json()
    }
  const files = new Files(load)

  const make = (name, className, text) => {
    const node = document.createElement(name)
    if (className) node.className = className
    if (text !== undefined) node.textContent = text
    return node
  }

  /* Marking: words are compared by their stems, as they were found. */
  const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}\u00ad]*(?:[-_.'’‐‑][\p{L}\p{N}][\p{L}\p{N}\p{M}\u00ad]*)*/gu
  const SIMPLE = /[\p{L}\p{N}\p{M}\u00ad]+/gu
  const stemmed = new Map()
  const stemsOf = text => {
    if (!stemmed.has(text)) stemmed.set(text, chunks(text).flatMap(each => each.whole ? [...each.parts, each.whole] : each.parts).map(word => word.stem))
    return stemmed.get(text)
  }
  const places = (text, wanted) => { // where a wanted word stands: start, end, stem
    const found = []
    for (const match of text.matchAll(WORD)) {
      const whole = chunks(match[0])[0]?.whole?.stem
      if (whole && wanted.has(whole)) { found.push([match.index, match.index + match[0].length, whole]); continue }
      for (const part of match[0].matchAll(SIMPLE)) {
        const its = stemsOf(part[0]).find(each => wanted.has(each))
        if (its !== undefined) found.push([match.index + part.index, match.index + part.index + part[0].length, its])
      }
    }
    return found
  }
  const marked = (text, found, from = 0) => { // a piece of a text whose places, counted from `from`, are marked
    const piece = document.createDocumentFragment()
    let at = 0
    for (const [start, end] of found) {
      if (start - from < at || end - from > text.length) continue
      piece.append(text.slice(at, start - from))
      const mark = make("mark", "", text.slice(start - from, end - from))
      mark.dataset.aikb = ""
      piece.append(mark)
      at = end - from
    }
    piece.append(text.slice(at))
    return piece
  }
  const excerpt = (text, wanted) => { // the part of a text that has most of what was asked for
    const found = places(text, wanted)
    let best = 0, most = 0
    for (const [start] of found) {
      const inside = new Set(found.filter(([other]) => other >= start && other < start + EXCERPT - 40).map(each => each[2])).size
      if (inside > most) { most = inside; best = start }
    }
    const from = best < EXCERPT - 60 ? 0 : text.lastIndexOf(" ", best - 40) + 1
    let to = from + EXCERPT
    if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), from + EXCERPT / 2)
    const node = document.createDocumentFragment()
    if (from) node.append("… ")
    node.append(marked(text.slice(from, to), found.filter(([start, end]) => start >= from && end <= to), from))
    if (to < text.length) node.append(" …")
    return node
  }

  class Box {
    constructor(box) {
      this.box = box
      this.words = JSON.parse(box.dataset.aikbWords)
      this.lang = this.words.lang
      this.plural = new Intl.PluralRules(this.lang)
      this.toggle = document.getElementById("__search")
      const one = selector => box.querySelector(selector)
      this.input = one(".md-search__input")
      this.meta = one(".md-search-result__meta")
      this.list = one(".md-search-result__list")
      this.answer = one(".aikb-answer")
      this.chips = one(".aikb-chips")
      this.share = one(".aikb-share")
      this.more = one(".aikb-more")
      this.turn = 0
      this.input.addEventListener("input", () => this.later())
      this.input.addEventListener("focus", () => this.open())
      this.input.form.addEventListener("submit", event => event.preventDefault())
      this.input.form.addEventListener("reset", () => setTimeout(() => { this.input.focus(); this.run() }))
      this.toggle?.addEventListener("change", () => this.toggle.checked ? this.input.focus() : this.closed())
      box.addEventListener("keydown", event => this.key(event))
      box.addEventListener("click", event => this.click(event))
      box.addEventListener("auxclick", event => this.click(event))
      box.addEventListener("focusout", event => {
        if (this.toggle?.checked && event.relatedTarget && !box.contains(event.relatedTarget)) this.close()
      })
      this.more.addEventListener("click", () => this.show(MORE))
      files.open().then(() => this.draw(), () => this.fail())
    }
    open() { if (this.toggle?.checked === false) this.toggle.click() }
    close() {
      if (this.toggle?.checked) this.toggle.click()
      this.input.blur()
    }
    closed() {
      const here = new URL(location.href)
      if (!here.searchParams.has("q")) return
      here.searchParams.delete("q")
      history.replaceState(history.state, "", here)
    }
    later() { this.busy(true); clearTimeout(this.timer); this.timer = setTimeout(() => this.run(), WAIT) }
    busy(is) { // until the rows are those of what is typed; that there are none is said when it is known
      this.list.setAttribute("aria-busy", is)
      if (is && !this.links().length) this.meta.textContent = "…"
    }
    fail() { this.busy(false); this.meta.textContent = this.words.failed }
    count(number) {
      const text = this.words.counts[this.plural.select(number)] ?? this.words.counts.other
      return text.replace("{count}", new Intl.NumberFormat(this.lang).format(number))
    }
    async run() {
      clearTimeout(this.timer)
      clearTimeout(this.rest)
      const turn = ++this.turn, text = this.input.value
      this.busy(true)
      this.draw()
      this.shared(text)
      if (!text.trim()) { this.empty(this.words.start); this.busy(false); return }
      try {
        const early = await search(text, files, this.lang, STEMS)
        await this.paint(early, text, turn)
        if (early.partial && turn === this.turn) await this.paint(await search(text, files, this.lang), text, turn)
        if (turn !== this.turn) return
        await this.show(FIRST - this.next)
        clearTimeout(this.rest)
        if (turn === this.turn) this.rest = setTimeout(() => this.last(turn), REST)
      } catch { if (turn === this.turn) this.fail() }
    }
    async paint(found, text, turn) { // the rows that take few requests; the others follow them
      if (turn !== this.turn || (found.partial && !found.hits.length && !found.answers.length)) return
      const answer = found.answers.find(number => files.langs[number] === this.lang) ?? found.answers[0]
      const answers = answer === undefined ? [] : [answer], hits = found.hits.slice(0, FIRST)
      const fits = files.fitting([...answers, ...hits.map(hit => hit.number)], Math.max(0, REQUESTS - found.asked)) - answers.length
      const [own] = await this.records(answers.map(number => ({ number, missing: [] })))
      const first = await this.records(hits.slice(0, Math.max(fits, answers.length ? 0 : 1)))
      if (turn !== this.turn || this.list.contains(document.activeElement)) return
      this.found = found
      this.wanted = new Set(found.stems)
      this.reset()
      if (own) this.reply(own)
      this.say(found, text, own)
      this.rows(first, first.length)
    }
    async last(turn) {
      try { await this.show(PAGE - this.next) } catch { if (turn === this.turn) this.fail() }
      if (turn === this.turn) this.busy(false)
    }
    records(hits) { return Promise.all(hits.map(hit => files.record(hit.number).then(record => ({ ...record, missing: hit.missing })))) }
    async show(number) {
      clearTimeout(this.rest)
      if (number < 1) return
      const turn = this.turn, from = this.next
      const hits = this.found.hits.slice(from, from + number)
      const next = await this.records(hits)
      if (turn === this.turn && from === this.next) this.rows(next, number)
    }
    reset() { this.list.replaceChildren(); this.answer.replaceChildren(); this.answer.hidden = true; this.next = 0; this.seen = new Set(); this.more.hidden = true }
    empty(text) { this.reset(); this.meta.textContent = text }
    say(found, text, own) {
      const near = found.nearest.length
      this.meta.textContent = !near && (found.hits.length || own) ? this.count(found.total || 1) : this.words.none.replace("{query}", text.trim().slice(0, 80))
      if (near) this.meta.append(" ", this.words.nearest, " ")
      found.nearest.forEach((word, at) => {
        if (at) this.meta.append(", ")
        const button = make("button", "aikb-near", word)
        button.type = "button"
        button.onclick = () => { this.input.value = word; this.input.focus(); this.run() }
        this.meta.append(button)
      })
    }
    href(record) {
      const { languages, trees } = files.meta
      const own = languages.indexOf(this.lang)
      const tree = record.trees.includes(own) ? own : record.trees[0] ?? 0
      const url = new URL(trees[tree] + record.address, ROOT)
      if (record.fragment) url.hash = record.fragment
      return url
    }
    where(record, first) {
      const line = make("div", "aikb-row__where")
      if (first) line.append(make("span", "aikb-row__page", first))
      line.append(make("span", "aikb-row__kind", this.words.kinds[record.kind] ?? record.kind))
      if (record.year) line.append(make("span", "", record.year))
      if (record.lang) {
        const badge = make("abbr", "aikb-badge", record.lang.toUpperCase())
        badge.title = this.words.languages[record.lang] ?? record.lang
        line.append(badge)
      }
      return line
    }
    filled(record, linked, name, first) { // a row with its line above, and room for a title and a text
      const link = make("a", linked), article = make("article", name + "md-typeset"), title = make("div", "aikb-row__title"), text = make("p", "aikb-row__text")
      link.href = this.href(record).href
      this.seen.add(link.href)
      title.dir = text.dir = "auto"
      if (record.lang !== this.lang) title.lang = text.lang = record.lang
      article.append(this.where(record, first), title, text)
      link.append(article)
      return { link, article, title, text }
    }
    reply(record) {
      const { link, title, text } = this.filled(record, "aikb-answer__link", "", "")
      title.append(record.title)
      text.append(record.text.length > 320 ? record.text.slice(0, record.text.lastIndexOf(" ", 320)) + " …" : record.text)
      this.answer.append(link)
      this.answer.hidden = false
    }
    rows(records, asked) {
      this.next += asked
      for (const record of records) {
        if (this.seen.has(this.href(record).href)) continue
        const item = make("li", "md-search-result__item")
        const { link, article, title, text } = this.filled(record, "md-search-result__link", "md-search-result__article ", record.page === record.title ? "" : record.page)
        if (record.kind === "highlight" && record.text.startsWith(record.title.replace(/ …$/, ""))) title.remove()
        else title.append(marked(record.title, places(record.title, this.wanted)))
        text.append(excerpt(record.text, this.wanted))
        if (!record.text) text.remove()
        if (record.tags.length) article.append(make("p", "aikb-row__tags", record.tags.map(tag => "#" + tag).join(" ")))
        if (record.missing.length) {
          const missing = make("p", "aikb-row__missing", this.words.missing + " ")
          record.missing.slice(0, 6).forEach((word, at) => missing.append(at ? " " : "", make("del", "", word)))
          article.append(missing)
        }
        item.append(link)
        this.list.append(item)
      }
      this.more.hidden = this.next >= (this.found?.hits.length ?? 0)
    }
    /* Chips write `lang:fr` and the like into the query. */
    draw() {
      if (!files.meta) return
      const text = this.input.value
      const groups = [
        ["lang", files.meta.languages.filter(lang => files.langs.includes(lang)), lang => this.words.languages[lang] ?? lang],
        ["kind", files.meta.kinds.filter((_, at) => files.kinds.includes(at)), kind => this.words.many[kind] ?? kind],
      ]
      const state = JSON.stringify(groups.map(([key, values]) => values.map(value => this.has(text, key, value))))
      if (state === this.drawn) return
      this.drawn = state
      const focused = this.chips.contains(document.activeElement) ? document.activeElement.dataset.token : null
      this.chips.replaceChildren(...groups.filter(([, values]) => values.length > 1).map(([key, values, name]) => {
        const group = make("div", "aikb-chips__group")
        group.setAttribute("role", "group")
        group.setAttribute("aria-label", key === "lang" ? this.words.lang_label : this.words.kind)
        for (const value of values) {
          const chip = make("button", "aikb-chip", name(value))
          chip.type = "button"
          chip.dataset.token = `${key}:${value}`
          if (key === "lang") chip.lang = value
          chip.setAttribute("aria-pressed", this.has(text, key, value))
          chip.onclick = () => this.switch(key, value)
          group.append(chip)
        }
        return group
      }))
      if (focused) [...this.chips.querySelectorAll("button")].find(chip => chip.dataset.token === focused)?.focus()
      this.chips.hidden = !this.chips.children.length
    }
    has(text, key, value) { return text.toLowerCase().split(/\s+/).includes(`${key}:${value}`) }
    switch(key, value) {
      const was = this.has(this.input.value, key, value)
      const kept = this.input.value.split(/\s+/).filter(word => word && !word.toLowerCase().startsWith(key + ":"))
      this.input.value = [...kept, ...(was ? [] : [`${key}:${value}`])].join(" ")
      this.run()
    }
    shared(text) {
      if (!this.share) return
      const url = new URL(location.href)
      url.searchParams.delete("h")
      url.searchParams.set("q", text)
      url.hash = ""
      this.share.dataset.clipboardText = url.href
    }
    /* Enter opens the best row, with Ctrl in a new tab; arrows go through the rows. */
    links() { return [...this.box.querySelectorAll(".aikb-answer__link, .md-search-result__link")] }
    key(event) {
      if (event.isComposing) return
      const links = this.links(), at = links.indexOf(document.activeElement)
      if (event.key === "Escape") { this.close(); event.stopPropagation() }
      else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        const all = [this.input, ...links]
        const next = (at + 1 + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length
        all[next].focus()
        event.preventDefault()
        event.stopPropagation()
      } else if (event.key === "Enter" && document.activeElement === this.input) {
        event.preventDefault()
        this.enter(event.ctrlKey || event.metaKey)
      } else if (event.key === "Enter" && at >= 0 && (event.ctrlKey || event.metaKey)) {
        event.preventDefault()
        this.go(links[at], true)
      } else if (at >= 0 && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== " ") this.input.focus()
    }
    async enter(apart) {
      if (this.timer) await this.run() // what was typed last may not have been asked for
      const first = this.links()[0]
      if (first) this.go(first, apart)
    }
    go(link, apart) {
      if (!apart) { link.click(); return }
      open(this.marks(link), "_blank", "noopener")
    }
    marks(link) { // the address with the words to mark on arrival
      const url = new URL(link.href)
      const stems = [...(this.wanted ?? [])].slice(0, MARKED)
      if (stems.length) url.searchParams.set("h", stems.join(" "))
      return url.href
    }
    click(event) {
      const link = event.target.closest?.("a")
      if (!link || !this.box.contains(link)) return
      link.href = this.marks(link)
      if (event.type === "click" && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) this.close()
    }
  }

  /* On arrival the words that were found are marked in the text. */
  const arrive = () => {
    const stems = new URLSearchParams(location.search).get("h")
    const article = document.querySelector("article.md-content__inner")
    if (!stems || !article || article.dataset.aikbMarked) return
    article.dataset.aikbMarked = "yes"
    const wanted = new Set(stems.split(" ").slice(0, MARKED))
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT)
    const nodes = []
    for (let node; (node = walker.nextNode());)
      if (node.data.trim() && !node.parentElement.closest("math, script, style, mark, .headerlink")) nodes.push(node)
    for (const node of nodes) {
      const found = places(node.data, wanted)
      if (found.length) node.replaceWith(marked(node.data, found))
    }
  }

  /* The pages that an address resembles, for the page that is shown in place of one that is not there. */
  const NEAREST = 5
  const nearest = async box => {
    const path = location.pathname.startsWith(ROOT.pathname) ? location.pathname.slice(ROOT.pathname.length) : location.pathname
    await files.open()
    const tree = files.meta.trees.find(each => each && path.startsWith(each)) ?? ""
    let text = path.slice(tree.length).replace(/(?:index)?\.html?$/i, "")
    try { text = decodeURIComponent(text) } catch { /* as it stands */ }
    const found = await search(text.replace(/[^\p{L}\p{N}]+/gu, " "), files, box.lang)
    const seen = new Map()
    for (const number of [...found.answers, ...found.hits.slice(0, 40).map(hit => hit.number)]) {
      const record = await files.record(number)
      const url = box.href({ ...record, fragment: "" }).href
      if (!seen.has(url)) seen.set(url, { href: url, title: record.page || record.title, lang: record.lang })
      if (seen.size === NEAREST) break
    }
    return [...seen.values()]
  }

  const boxes = [...document.querySelectorAll("[data-aikb-words]")].map(box => new Box(box))
  window.aikbSearchBox = { arrive, nearest: () => nearest(boxes[0]), open: query => { for (const box of boxes) { if (query !== undefined) { box.input.value = query } box.open(); box.input.focus(); box.run() } } }
  arrive()
})()
