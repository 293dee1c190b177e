/* Search in the files that aikb/compose/search writes: folds, cuts, looks up and ranks as compose/search/{words,stem,query,
   ranking,spelling}.py do, in which every step is explained. No part of it knows a page; aikb-search-box.js is the box. */
(() => {
  "use strict"

  /* Words (words.py, stem.py). */
  const SMALL = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", đ: "d", ı: "i", þ: "th", Œ: "Oe", Æ: "Ae", Ø: "O", Ł: "L", Đ: "D", Þ: "Th", ẞ: "Ss" }
  const normalised = text => text.normalize("NFKD").replace(/\p{M}+|[\u00ad\u200b-\u200d\u2060\ufeff]/gu, "")
    .replace(/[’‘ʼ′＇]/g, "'").replace(/[‐‑]/g, "-").replace(/[^\0-\x7f]/g, char => SMALL[char] ?? char)
  const IDEOGRAPH = "[\\u3041-\\u30ff\\u3400-\\u9fff]"
  const LETTER = `(?:(?!${IDEOGRAPH})[\\p{L}\\p{N}])`
  const CHUNK = new RegExp(`(?<![\\p{L}\\p{N}_.])\\.(?=[A-Za-z])${LETTER}+|${IDEOGRAPH}|${LETTER}+(?:\\+\\+|#(?![\\p{L}\\p{N}_])|(?:[-_.'^]${LETTER}+)+)?`, "gu")
  const CAMEL = /(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})|(?<=[A-Za-z]{2})(?=[0-9])/
  const JOINTS = /[-_'^]|(?<![0-9])\.|\.(?![0-9])/
  const ELISION = /^(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)'/i
  const ENDINGS = [..."isation9is ization9is atrice8 trice8tor icale8ic aire7ar eure7or elle7el oise6oi ical7ic ous8 ation8 ateur8 ative8 ating8 ement8 ingly8 ated7 ator8 atif7 ness8 ate7 ing6 ion8 eur6or if5iv our6or ied5 ee5 ed5 er6 ie5 ly6 e4 y5".matchAll(/([a-z]+)(\d)([a-z]*)/g)]
  const length = text => [...text].length
  const isAlpha = text => /^\p{L}+$/u.test(text)
  const singular = word => word.replace(/(?<=.{4}s)is$|(?<=eu|ou|eau)x$|(?<![sui]|ia)s$|(?<=oi|nu)s$|(?<=..[^e]a)ux$/u, end => end === "ux" ? "l" : "")
  const settled = word => word.replace(/iz$/, "is").replace(/iqu$/, "ic").replace(/(?<=n)c$/, length(word) > 6 ? "t" : "s").replace(/(?<=..)([^ls])\1$/u, "$1")
  const stem = word => {
    if (length(word) < 4 || !isAlpha(word)) return word
    word = singular(word)
    for (const [, ending, shortest, other] of ENDINGS)
      if (word.endsWith(ending) && length(word) >= shortest) { word = word.slice(0, -ending.length) + other; break }
    return settled(word)
  }
  const asWord = folded => ({ folded, stem: stem(folded) })
  const written = text => normalised(text).match(CHUNK) ?? []
  const chunk = text => {
    if (text.endsWith("++") || text.endsWith("#")) return { parts: [asWord(text.toLowerCase())] }
    if (text.startsWith(".")) return { parts: [asWord(text.slice(1).toLowerCase())], whole: asWord(text.toLowerCase()) }
    const pieces = text.split(JOINTS).filter(Boolean)
    if (ELISION.test(text)) pieces.shift()
    if (pieces.length > 1 && /'.$/u.test(text)) pieces.pop()
    const parts = pieces.flatMap(piece => length(piece) > 2 ? piece.split(CAMEL).filter(Boolean) : [piece])
    const whole = pieces.join("").toLowerCase()
    const words = parts.map(part => asWord(part.toLowerCase()))
    return words.length < 2 || length(whole) > 40 ? { parts: words } : { parts: words, whole: asWord(whole) }
  }
  const chunks = text => written(text).map(chunk)
  const parts = text => chunks(text).flatMap(each => each.parts)
  const stems = text => parts(text).map(word => word.stem)
  const ending = its => ":<" + [...its].slice(-2).reverse().join("")

  /* Queries (query.py). */
  const FILTER = /(?<!\S)(lang|kind|tag|source):("[^"]*"|\S+|$)/gi
  const PHRASE = /"[^"]+"|“[^“”]+”|«[^«»]+»|„[^„“”]+[“”]/g
  const parse = (text, stop) => {
    const filters = [...text.matchAll(FILTER)].map(each => [each[1].toLowerCase(), each[2].replace(/^"+|"+$/g, "").trim()]).filter(each => each[1]) // `lang:` is being typed
    const rest = text.replace(FILTER, " ")
    const phrases = [...rest.matchAll(PHRASE)].map(each => parts(each[0]).map(word => word.folded))
    const flat = [], wholes = []
    const shouted = rest === rest.toUpperCase()
    for (const raw of written(rest)) {
      const cut = chunk(raw)
      const said = raw === raw.toUpperCase() && raw !== raw.toLowerCase() && length(raw) > 1 && !shouted
      if (cut.whole) wholes.push([flat.length, flat.length + cut.parts.length, cut.whole])
      for (const word of cut.parts) flat.push({ word, telling: said || !stop.has(word.stem) })
    }
    if (!flat.some(each => each.telling)) for (const each of flat) each.telling = true
    const seen = new Set()
    const ends = /[\s"”»]$/.test(rest)
    const words = flat.map(({ word, telling }, at) => {
      const counts = telling && !seen.has(word.stem) && seen.size < 16
      if (counts) seen.add(word.stem)
      return { word, counts, open: counts && at === flat.length - 1 && !ends }
    })
    return { words, wholes, phrases: phrases.filter(each => each.length), filters }
  }

  /* Spelling (spelling.py): Damerau's distance, more than `most` is `most + 1`. */
  const distance = (one, other, most) => {
    const a = [...one], b = [...other]
    if (Math.abs(a.length - b.length) > most) return most + 1
    let before, above = [...b.keys(), b.length]
    for (let i = 1; i <= a.length; i++) {
      const row = [i]
      let least = i
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1)
        least = Math.min(least, row[j])
      }
      if (least > most) return most + 1
      before = above
      above = row
    }
    return Math.min(above[b.length], most + 1)
  }
  const typos = (text, its, rows) => {
    const size = length(text)
    const most = size < 4 || !isAlpha(text) ? 0 : size > 6 ? 2 : 1
    const found = []
    if (most) for (const row of rows) {
      if (!row.size || !isAlpha(row.stem)) continue
      const steps = Math.min(distance(its, row.stem, most), ...row.surfaces.map(each => distance(text, each, most)))
      if (steps > 0 && steps <= most) found.push([row, steps])
    }
    return found
  }

  const meant = (its, rows) => !isAlpha(its) || rows.some(row => row.stem === its) ? its
    : rows.find(row => row.bonds && distance(its, row.stem, 1) === 1 && (length(its) > 4 || its === row.stem + "s"))?.stem ?? its

  /* Closeness (closeness.py). */
  const closeness = (text, words) => {
    const places = new Map(), last = new Map(), least = words.slice(1).map(() => Infinity)
    words.forEach((foundBy, place) => { for (const its of foundBy) places.set(its, [...places.get(its) ?? [], place]) })
    parts(text).forEach(({ stem: its }, at) => {
      const mine = places.get(its) ?? []
      for (const place of mine) {
        if (last.has(place - 1)) least[place - 1] = Math.min(least[place - 1], at - last.get(place - 1) - 1)
        if (last.has(place + 1)) least[place] = Math.min(least[place], at - last.get(place + 1) + 1)
      }
      for (const place of mine) last.set(place, at)
    })
    return least.reduce((sum, each) => sum + 1 / (1 + each), 0) / least.length
  }
  const likeness = (title, words) => {
    const own = stems(title), has = foundBy => own.some(its => foundBy.has(its))
    return words.filter(has).length / words.length * own.filter(its => words.some(each => each.has(its))).length / Math.max(1, own.length)
  }

  /* The files of an index, each asked for once; `load(name)` promises what is in `search/<name>.json`. */
  const runs = cells => cells.flatMap((cell, at) => at % 2 ? Array(cell).fill(cells[at - 1]) : [])
  const sums = numbers => { let sum = 0; return numbers.map(number => sum += number) }
  const after = (sorted, value) => { // how many are not greater
    let low = 0, high = sorted.length
    while (low < high) { const mid = (low + high) >> 1; if (sorted[mid] <= value) low = mid + 1; else high = mid }
    return low
  }
  class Row {
    constructor(cells) {
      [this.stem, , this.text] = cells
      this.surfaces = cells[1] ? cells[1].split(" ") : []
      this.bonds = cells[3] ?? ""
      this.size = this.text.length
      this.full = cells[4]
    }
    get postings() {
      if (!this.read) {
        this.read = new Map()
        let number = -1, step = 0
        for (let at = 0; at < this.text.length; at++) {
          const code = this.text.charCodeAt(at)
          if (code > 64 && code < 91) { number += step || 1; this.read.set(number, code - 64); step = 0 }
          else step = step * 36 + (code < 58 ? code - 48 : code - 87)
        }
      }
      return this.read
    }
    get count() { return this.full ?? this.postings.size }
    get equivalents() {
      return this.bonds.split("|").filter(each => each.includes("=")).map(each => {
        const [rest, target] = each.slice(1).split("=")
        return [each[0], rest ? rest.split(" ") : [], target.split(" ")]
      })
    }
  }
  class Files {
    constructor(load) { this.load = load; this.kept = new Map(); this.loads = 0 }
    async open() {
      if (this.meta) return
      const meta = await this.get("meta")
      this.stop = new Set(meta.stop)
      this.starts = sums(meta.starts)
      this.pages = [0, ...sums(meta.pages)].slice(0, -1)
      this.langs = runs(meta.langs)
      this.kinds = runs(meta.kinds_of)
      this.bits = atob(meta.common)
      this.meta = meta
    }
    get(name, read) {
      if (!this.kept.has(name)) {
        this.loads++
        this.kept.set(name, this.load(name).then(read).catch(error => { this.kept.delete(name); throw error }))
      }
      return this.kept.get(name)
    }
    span(its, end) { // the file that a stem would be in; and the next, where what begins with `end` goes on in it
      const first = this.at(its)
      return end && this.at(end + "\uffff") > first ? [first, first + 1] : [first]
    }
    at(its) { return Math.max(0, after(this.meta.keys, its) - 1) }
    common(its) { // whether a stem may be one of the commonest: a Bloom filter of one hash, CRC-32
      let sum = -1
      for (const byte of new TextEncoder().encode(its)) {
        sum ^= byte
        for (let n = 8; n--;) sum = sum >>> 1 ^ (sum & 1 && 0xedb88320)
      }
      const at = (~sum >>> 0) % (8 * this.bits.length)
      return this.bits.charCodeAt(at >> 3) >> (at & 7) & 1
    }
    fitting(numbers, room) { // how many records, from the first on, are had for `room` further files
      const asked = new Set()
      for (const [at, number] of numbers.entries()) {
        const name = this.meta.records[after(this.starts, number) - 1]
        if (!this.kept.has(name)) asked.add(name)
        if (asked.size > room) return at
      }
      return numbers.length
    }
    async stems(number) {
      const name = this.meta.stems[number]
      return name ? this.get(name, rows => new Map(rows.map(cells => [cells[0], new Row(cells)]))) : new Map()
    }
    async record(number) {
      const at = after(this.starts, number) - 1
      const block = await this.get(this.meta.records[at])
      const [page, fragment, title, text, tags, year] = block.records[number - this.starts[at]]
      const [address, name, trees, own] = block.pages[page]
      return { number, address, page: name, trees, own, fragment, title, text, tags, year, lang: this.langs[number], kind: this.meta.kinds[this.kinds[number]] }
    }
  }

  /* Ranking (ranking.py). */
  const PREFIX = 0.55, TYPO = 0.57, NAME = 0.75, TRANSLATION = 0.65, PHRASED = 0.85, UNKNOWN = 0.9, WHOLE = 1.1, OTHER = 1.3, JOINED = 0.9
  const USUAL = 7, EXPANSIONS = 40, EQUIVALENTS = 10, CORRECTED = 3, ALIKE = 3, CANDIDATES = 60, FREE = 5, ROOT = 5, SHARED = 0.6, PER_PAGE = 3, OWN = 1.02, NEAR = 0.3, CLOSE = 0.9, LIKE = 0.4, FIRST = 10
  const rounded = value => Math.floor(value * 1e6 + 0.5) / 1e6
  const begun = (text, row) => row.stem.startsWith(text) ? length(row.stem) : length(row.surfaces.find(each => each.startsWith(text)) ?? "")

  class Search {
    constructor(query, files, lang, room) {
      this.query = query; this.files = files; this.lang = lang; this.room = room
      this.looked = new Set()
      this.asked = new Set() // files that were not there yet
      this.partial = false // whether something was left out for want of room
    }
    granted(number, left = 0) { // whether a file may be read; `left` others may be, afterwards
      if (this.asked.has(number) || this.files.kept.has(this.files.meta.stems[number])) return true
      if (this.asked.size < this.room - left) { this.asked.add(number); return true }
      this.partial = true
      return false
    }
    rarity(count) { return Math.log(1 + (this.files.meta.count - count + 0.5) / (count + 0.5)) }
    async stems(number) {
      if (!this.granted(number)) return new Map()
      this.looked.add(number)
      return this.files.stems(number)
    }
    async row(its) { return (await this.stems(this.files.at(its))).get(its) }
    async rows(numbers) {
      const all = await Promise.all(numbers.map(number => this.stems(number)))
      return all.flatMap(each => [...each.values()].filter(row => row.stem[0] !== ":"))
    }
    async run() {
      const allowed = await this.allowed()
      const matches = await this.matched()
      const answers = await this.bridged(matches)
      for (const each of matches.values()) if (!each.known) each.rarity = this.rarity(Math.max(1, each.best.size))
      let hits = matches.size
        ? this.scored([...matches.values()], allowed)
        : [...allowed ?? []].sort((a, b) => a - b).map(number => ({ number, score: 0, missing: [] }))
      if (this.query.phrases.length) { const kept = await this.withPhrases(hits); if (kept.length) hits = kept }
      const whole = hits.filter(hit => !hit.missing.length).length
      const all = [...matches.values()], typed = all.map(each => each.text)
      const nearest = hits.length || this.partial || all.some(each => each.best.size) ? [] : await this.nearest(typed)
      if (nearest.length) { // rows of these words, which lack those that were typed
        const query = { ...parse(nearest.join(" "), this.files.stop), filters: this.query.filters }
        const one = new Search(query, this.files, this.lang, this.room - this.asked.size), found = await one.run()
        this.partial = one.partial
        return { ...found, hits: one.partial ? [] : found.hits.map(hit => ({ ...hit, missing: typed })), answers, nearest }
      }
      const marked = new Set(all.flatMap(each => [...each.stems]))
      return { hits: await this.closest(this.grouped(hits), answers, matches), total: whole || hits.length, answers, nearest, stems: marked }
    }
    async matched() {
      const typed = this.query.words.map((each, at) => ({ ...each, at })).filter(each => each.counts)
      const common = new Set(typed.filter(each => this.files.common(each.word.stem)))
      const rank = each => common.has(each) * 99 + length(each.word.stem)
      const granted = new Set() // the commonest, then the longest; a file or two are left for what they lead to
      for (const each of [...typed].sort((a, b) => rank(b) - rank(a)))
        if (this.granted(this.files.at(each.word.stem), common.size ? 1 : 2)) granted.add(each)
      const todo = typed.filter(each => granted.has(each))
      const matches = await Promise.all(todo.map(each => this.lookUp(each.word.folded, each.word.stem, each.open)))
      const unlike = matches.filter(each => !each.named && !each.weights.size && each.near.every(([, steps]) => steps > 1) && length(each.text) > 3)
      for (const each of unlike.sort((a, b) => length(b.stem) - length(a.stem)).slice(0, CORRECTED)) {
        each.near.push(...typos(each.text, each.stem, await this.endingAlike(each.stem)))
        if (!each.near.length) each.near.push(...typos(each.text, each.stem, await this.beginningAlike(each.stem)))
        if (!each.near.length) await this.parted(each)
      }
      for (const each of matches) {
        if (!each.known) this.guess(each)
        const kept = [...each.weights.values()].sort((a, b) => b[0] - a[0] || (a[1].stem < b[1].stem ? -1 : 1)).slice(0, EXPANSIONS)
        each.foundBy = new Set([each.stem])
        for (const [weight, row, rarity] of kept) {
          each.stems.add(row.stem)
          if (weight > NEAR) each.foundBy.add(row.stem)
          for (const [number, level] of row.postings) add(each, number, weight * rarity * level / USUAL)
        }
      }
      return new Map(todo.map((each, index) => [each.at, matches[index]]))
    }
    async lookUp(text, its, open) {
      const rows = await this.rows(this.files.span(its, open || length(text) > 3 ? text : ""))
      const exact = rows.find(row => row.stem === its && row.size)
      const named = rows.some(row => row.stem === its && row.bonds)
      const rarity = exact ? this.rarity(exact.count) : 0
      const weights = new Map(exact ? [[its, [1, exact, rarity]]] : [])
      if ((open && length(text) > 1) || !exact) for (const row of rows) {
        const size = row.stem !== its && row.size ? begun(text, row) : 0
        if (size) weights.set(row.stem, [PREFIX * Math.max(0.4, length(text) / size) * (exact ? 0.6 : 1), row, this.rarity(row.count)])
      }
      return { text, stem: its, rows, meant: meant(its, rows), known: !!exact, named, weights, near: exact || named ? [] : typos(text, its, rows), best: new Map(), rarity, stems: new Set([its]) }
    }
    async endingAlike(its) {
      const listed = await this.row(ending(its))
      const steps = (listed?.surfaces ?? []).map(each => [distance(its, each, 2), each])
      const least = Math.min(2, ...steps.map(each => each[0]))
      const alike = steps.filter(each => each[0] === least).slice(0, ALIKE)
      return (await Promise.all(alike.map(each => this.row(each[1])))).filter(Boolean)
    }
    beginningAlike(its) {
      const first = its.slice(0, 2), all = [], here = this.files.at(its)
      for (let at = here - 2; at < here + 3; at++) if (at >= this.files.at(first) && at <= this.files.at(first + "\uffff")) all.push(at)
      return this.rows(all)
    }
    async parted(match) {
      const { text, rows, stems } = match
      for (let at = text.length - 2, left = ALIKE; at > 2 && left; at--) {
        const pair = [text.slice(0, at), text.slice(at)].map(stem)
        if (!rows.some(row => row.size && row.stem === pair[0])) continue
        const [found] = await this.together(pair)
        left = found.length ? 0 : left - 1
        for (const [number, score] of found) add(match, number, score * JOINED)
        if (found.length) for (const its of pair) stems.add(its)
      }
    }
    guess({ stem: its, rows, named, weights, near }) {
      const least = Math.min(...near.map(each => each[1]))
      const found = near.filter(each => each[1] === least)
      const usual = this.rarity(found.reduce((most, [row]) => Math.max(most, row.count), 1))
      for (const [row, steps] of found) if ((weights.get(row.stem)?.[0] ?? 0) <= 0.4)
        weights.set(row.stem, [TYPO / Math.sqrt(steps), row, Math.min(this.rarity(row.count), usual * 1.25)])
      if (!weights.size && !named) for (const row of rows) {
        const a = [...its], b = [...row.stem], longer = Math.max(a.length, b.length)
        let shared = 0
        while (shared < a.length && a[shared] === b[shared]) shared++
        if (row.size && shared >= ROOT && shared >= longer * SHARED) weights.set(row.stem, [PREFIX * shared / longer, row, this.rarity(row.count)])
      }
    }
    async bridged(matches) {
      const typed = this.query.words.map((each, at) => matches.get(at)?.meant ?? each.word.stem)
      const jobs = [], answers = new Set()
      const job = (order, start, end, weight, target) => {
        const covered = [...matches.keys()].filter(at => at >= start && at < end)
        if (covered.length) jobs.push({ order, weight, target, covered })
      }
      for (const [start, end, word] of this.query.wholes) job(0, start, end, WHOLE, [word.stem])
      for (const at of matches.keys()) {
        const row = await this.row(typed[at])
        const word = singular(this.query.words[at].word.folded)
        const own = word === this.query.words[at].word.stem ? null : await this.row(word) // where the texts have another word of its stem
        const theirs = (own?.equivalents ?? []).filter(each => each[0] !== "a")
        for (const each of [...theirs, ...row?.equivalents ?? []]) {
          const [bond, rest, target] = each
          const end = at + 1 + rest.length
          if (!rest.every((each, index) => typed[at + 1 + index] === each)) continue
          if (bond === "a") {
            if ([...matches.keys()].every(each => each >= at && each < end)) answers.add(+target[0])
          } else if (theirs.includes(each)) job(1, at, end, OTHER, target)
          else job(bond === "n" ? 1 : 2, at, end, bond === "n" ? NAME : rest.length ? PHRASED : row?.size ? TRANSLATION : UNKNOWN, target)
        }
        if (matches.has(at + 1)) {
          const joined = stems(this.query.words[at].word.folded + this.query.words[at + 1].word.folded)
          if (joined.length === 1 && this.looked.has(this.files.at(joined[0]))) job(3, at, at + 2, JOINED, joined)
        }
      }
      jobs.sort((a, b) => a.order - b.order || b.covered.length - a.covered.length)
      const chosen = jobs.slice(0, EQUIVALENTS)
      const found = await Promise.all(chosen.map(({ target }) => this.together(target)))
      chosen.forEach(({ order, weight, covered, target }, index) => {
        const [numbers, rarity] = found[index]
        for (const at of covered) {
          const match = matches.get(at)
          const share = rarity && order % 3 ? weight * Math.min(1, (match.known ? match.rarity : rarity) / rarity) : weight
          if (numbers.length) for (const each of target) if (target.length === 1 || !this.files.stop.has(each)) matches.get(at).stems.add(each)
          for (const [number, score] of numbers) add(match, number, score * share)
        }
      })
      return [...answers]
    }
    async together(target) {
      let telling = target.filter(its => !this.files.stop.has(its))
      if (!telling.length) telling = target
      const rows = await Promise.all(telling.map(its => this.row(its)))
      const found = []
      if (rows[0]) for (const number of rows[0].postings.keys()) {
        let score = 0
        const all = rows.every(row => {
          const level = row?.postings.get(number) ?? 0
          if (level) score += this.rarity(row.count) * level / USUAL
          return level > 0
        })
        if (all) found.push([number, score / rows.length])
      }
      return [found, rows[0] ? rows.reduce((sum, row) => sum + (row ? this.rarity(row.count) : 0), 0) / rows.length : 0]
    }
    async allowed() {
      const byKey = new Map()
      for (const [key, value] of this.query.filters)
        byKey.set(key, [...byKey.get(key) ?? [], ...await this.filtered(key, normalised(value).toLowerCase())])
      let allowed = null
      for (const numbers of byKey.values()) allowed = new Set(numbers.filter(number => !allowed || allowed.has(number)))
      return allowed
    }
    async filtered(key, value) {
      const { langs, kinds, meta } = this.files
      if (key === "lang") return [...langs.keys()].filter(number => langs[number] === value)
      if (key === "kind") return [...kinds.keys()].filter(number => value && meta.kinds[kinds[number]].startsWith(value))
      if (key === "tag") {
        const start = ":tag:" + parts(value.replaceAll("/", " ")).map(word => word.folded).join("-")
        const all = await Promise.all(this.files.span(start, start).map(number => this.stems(number)))
        return all.flatMap(each => [...each.values()]).filter(row => row.stem.startsWith(start)).flatMap(row => [...row.postings.keys()])
      }
      let numbers = null
      for (const its of stems(value)) {
        const mine = (await this.row(":source:" + its))?.postings ?? new Map()
        numbers = (numbers ?? [...mine.keys()]).filter(number => mine.has(number))
      }
      return numbers ?? []
    }
    scored(matches, allowed) {
      const whole = matches.reduce((sum, each) => sum + Math.sqrt(each.rarity), 0) || 1
      const entries = new Map()
      for (const each of matches) for (const [number, score] of each.best) {
        if (allowed && !allowed.has(number)) continue
        let entry = entries.get(number)
        if (!entry) entries.set(number, entry = [0, 0])
        entry[0] += score
        entry[1] += Math.min(1, score / (each.rarity * 0.5 || 1)) * Math.sqrt(each.rarity)
      }
      const hits = []
      for (const [number, [score, covered]] of entries) {
        const share = covered / whole
        const own = this.files.langs[number] === this.lang ? OWN : 1
        hits.push({ number, score: rounded(score * share * Math.sqrt(share) * own) })
      }
      hits.sort((a, b) => b.score - a.score || a.number - b.number)
      for (const hit of hits) hit.missing = matches.filter(each => !each.best.has(hit.number)).map(each => each.text)
      return hits
    }
    async withPhrases(hits) {
      let candidates = hits.filter(hit => !hit.missing.length).slice(0, CANDIDATES)
      const fits = this.files.fitting(candidates.map(hit => hit.number), this.room + 1 - this.asked.size)
      if (fits < candidates.length) { this.partial = true; candidates = candidates.slice(0, fits) }
      const records = await Promise.all(candidates.map(hit => this.files.record(hit.number)))
      return candidates.filter((_, at) => {
        const { title, text } = records[at]
        const folded = parts(`${title} ${text}`).map(word => word.folded).join(" ")
        return this.query.phrases.every(phrase => ` ${folded} `.includes(` ${phrase.join(" ")} `))
      })
    }
    async closest(hits, answers, matches) {
      const words = this.query.words.map((typed, at) => matches.get(at)?.foundBy ?? new Set([typed.word.stem]))
      if (words.length < 2 || hits.length < 2 || this.query.phrases.length) return hits
      const first = hits.slice(0, FIRST), all = [...answers, ...first.map(hit => hit.number)]
      if (this.files.fitting(all, this.room + 1 - this.asked.size) < all.length) { this.partial = true; return hits }
      const records = await Promise.all(first.map(hit => this.files.record(hit.number)))
      const values = new Map(first.map((hit, at) => {
        const { title, text } = records[at]
        return [hit, rounded(hit.score * (1 + CLOSE * closeness(title + " . " + text, words) + LIKE * likeness(title, words)))]
      }))
      return [...first.sort((a, b) => values.get(b) - values.get(a)), ...hits.slice(FIRST)]
    }
    grouped(hits) {
      const shown = [], more = [], counts = new Map()
      hits.forEach((hit, at) => {
        const page = after(this.files.pages, hit.number)
        counts.set(page, (counts.get(page) ?? 0) + 1)
        const room = at < FREE || counts.get(page) <= PER_PAGE
        ;(room ? shown : more).push(hit)
      })
      return [...shown, ...more]
    }
    async nearest(texts) {
      const found = []
      for (const text of texts) for (const number of this.looked) for (const row of (await this.files.stems(number)).values()) {
        if (row.stem[0] === ":" || !row.size || !isAlpha(row.stem)) continue
        const shown = row.surfaces[0] ?? row.stem
        const steps = distance(text, shown, 3)
        if (steps <= Math.min(3, length(text) >> 1)) found.push([steps, shown])
      }
      found.sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1))
      return [...new Set(found.map(([, shown]) => shown))].slice(0, 3)
    }
  }
  const add = (result, number, score) => { if (score > (result.best.get(number) ?? 0)) result.best.set(number, score) }

  /* Search for a text; `lang` is the reader's language. With `room`, no more than so many files of stems are asked for, and
     one of records: what is found is `partial` where that left something out, and `asked` is how many files it took. */
  const search = async (text, files, lang = "", room = Infinity) => {
    await files.open()
    const before = files.loads
    const one = new Search(parse(text, files.stop), files, lang, room)
    return { ...await one.run(), partial: one.partial, asked: files.loads - before }
  }

  const api = { Files, search, parse, chunks, written, normalised, stems, distance }
  if (typeof module === "object" && module.exports) module.exports = api
  else window.aikbSearch = api
})()
