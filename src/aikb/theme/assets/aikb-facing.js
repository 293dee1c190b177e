/* Two languages facing: a page beside its translation, section by section, and block by block where both are alike. On a narrow
   screen a passage is followed by its twin when it is tapped. The choice is remembered on this device. */
(() => {
  "use strict"

  const KEY = "aikb-facing"
  const HEADINGS = "H1 H2 H3 H4 H5 H6".split(" ")
  const LEFT_OUT = ".aikb-backlinks, .aikb-unlinked, .aikb-linked-box, .aikb-linked, .aikb-evidence, .headerlink, .md-content__button, .md-source-file, script, [data-search-exclude]"

  const stored = value => {
    try {
      if (value === undefined) return localStorage.getItem(KEY)
      localStorage.setItem(KEY, value)
    } catch { /* storage is switched off: nothing is remembered */ }
    return null
  }

  /* The text of a page: the blocks of its article, or of the one element that says its language. */
  const textOf = article => {
    const holder = article.querySelector(":scope > h1") ? article : article.querySelector(":scope > div[lang]") ?? article
    const blocks = [...holder.children].filter(each => !each.matches(LEFT_OUT))
    const first = blocks.findIndex(each => each.tagName === "H1")
    return blocks.slice(Math.max(first, 0))
  }

  /* Sections of blocks, a heading first; what has no heading belongs to the one before. */
  const sectionsOf = blocks => {
    const sections = []
    for (const block of blocks) {
      if (!sections.length || HEADINGS.includes(block.tagName)) sections.push([])
      sections.at(-1).push(block)
    }
    return sections
  }

  /* Runs of sections that say the same: [ours, theirs]. Two sections are a pair where the switcher leads from one to the other. */
  const paired = (ours, theirs, fragments) => {
    const places = new Map(theirs.map((section, at) => [section[0]?.id, at]).filter(([id]) => id))
    const pairs = []
    let next = 0
    for (const [at, section] of ours.entries()) {
      const id = section[0]?.id
      const found = at === 0 ? 0 : id ? places.get(Object.hasOwn(fragments, id) ? fragments[id] : id) : undefined
      if (found === undefined || found < next) {
        pairs.at(-1)[0].push(...section)
        continue
      }
      if (pairs.length) pairs.at(-1)[1].push(...theirs.slice(next, found).flat())
      pairs.push([[...section], [...theirs[found] ?? []]])
      next = found + 1
    }
    if (pairs.length) pairs.at(-1)[1].push(...theirs.slice(next).flat())
    return pairs
  }

  /* The blocks of two sections by rows: those of one kind from the beginning and from the end, and one row of what is between. */
  const kind = block => HEADINGS.includes(block.tagName) ? "H" : block.tagName
  const lines = (ours, theirs) => {
    const size = Math.min(ours.length, theirs.length)
    let first = 0
    while (first < size && kind(ours[first]) === kind(theirs[first])) first++
    let last = 0
    while (last < size - first && kind(ours.at(-1 - last)) === kind(theirs.at(-1 - last))) last++
    const single = (at, to) => [[ours.at(at)], [theirs.at(to)]]
    const middle = [ours.slice(first, ours.length - last), theirs.slice(first, theirs.length - last)]
    if (!middle[0].length && middle[1].length && first) { // what has no counterpart stands beside the block before it
      first--
      middle[0].unshift(ours[first])
      middle[1].unshift(theirs[first])
    }
    return [
      ...Array.from({ length: first }, (_, at) => single(at, at)),
      ...middle[0].length ? [middle] : [],
      ...Array.from({ length: last }, (_, at) => single(at - last, at - last)),
    ]
  }

  const row = (ours, theirs, lang, label) => {
    const line = document.createElement("div")
    line.className = "aikb-facing"
    const [left, right] = [document.createElement("div"), document.createElement("div")]
    right.lang = lang
    right.className = "aikb-facing__twin"
    ours[0].before(line)
    left.append(...ours)
    right.append(...theirs)
    line.append(left)
    if (!theirs.length) return line
    const flip = document.createElement("button")
    flip.type = "button"
    flip.className = "aikb-facing__flip"
    flip.textContent = lang.toUpperCase()
    flip.setAttribute("aria-label", label)
    flip.setAttribute("aria-expanded", "false")
    const turn = () => flip.setAttribute("aria-expanded", String(line.classList.toggle("aikb-facing--open")))
    flip.onclick = turn
    left.addEventListener("click", event => {
      const busy = event.target.closest("a, button, input, summary, label, pre, video, audio")
      if (!busy && getSelection().isCollapsed && flip.offsetParent) turn()
    })
    line.append(flip, right)
    return line
  }

  /* The translation's blocks, as they stand on its own page: addresses are its own, ids are not taken twice. */
  const twins = async href => {
    const answer = await fetch(href)
    if (!answer.ok) throw new Error(String(answer.status))
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const article = page.querySelector(".md-content__inner")
    for (const each of article.querySelectorAll(`:scope ${LEFT_OUT.replaceAll(", ", ", :scope ")}`)) each.remove()
    for (const name of ["href", "src"]) {
      for (const each of article.querySelectorAll(`[${name}]`)) {
        each.setAttribute(name, new URL(each.getAttribute(name), new URL(href, location.href)).href)
      }
    }
    return textOf(article).map(each => document.importNode(each, true))
  }

  let rows = []
  const close = () => {
    for (const line of rows) line.replaceWith(...line.firstElementChild.childNodes)
    rows = []
    document.body.classList.remove("aikb-faces")
  }
  const open = async (twin, label) => {
    const article = document.querySelector(".md-content__inner")
    const theirs = await twins(twin.href)
    if (rows.length || !article?.isConnected) return
    const ours = sectionsOf(textOf(article))
    for (const [left, right] of paired(ours, sectionsOf(theirs), twin.fragments)) {
      for (const [own, other] of lines(left, right)) {
        const line = row(own, other, twin.lang, label)
        for (const each of line.querySelectorAll(".aikb-facing__twin [id]")) each.removeAttribute("id")
        rows.push(line)
      }
    }
    document.body.classList.add("aikb-faces")
  }

  const start = () => {
    rows = []
    document.body.classList.remove("aikb-faces")
    const data = document.querySelector("[data-aikb-alternates]")
    const bar = document.querySelector(".aikb-switcher")
    bar?.querySelector(".aikb-facing-button")?.remove()
    const twin = data && JSON.parse(data.dataset.aikbAlternates).find(each => each.facing)
    if (!twin || !bar) return
    const button = document.createElement("button")
    button.type = "button"
    button.className = "md-header__button aikb-facing-button"
    button.title = data.dataset.aikbFacing
    button.setAttribute("aria-label", button.title)
    const show = on => {
      button.setAttribute("aria-pressed", String(on))
      if (!on) return close()
      return open(twin, data.dataset.aikbFlip).catch(() => {
        button.setAttribute("aria-pressed", "false")
        close()
      })
    }
    button.onclick = () => {
      const on = button.getAttribute("aria-pressed") !== "true"
      stored(on ? "on" : "off")
      show(on)
    }
    bar.append(button)
    show(stored() === "on")
  }
  if (window.document$) window.document$.subscribe(start)
  else start()
})()
