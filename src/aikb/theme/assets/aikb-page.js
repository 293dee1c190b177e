/* The place on a page: the address follows the reader, the contents are whole, arrow keys go from section to section. */
(() => {
  "use strict"
  const HEADINGS = "h1[id], h2[id], h3[id], h4[id], h5[id], h6[id]"
  const PLACES = `${HEADINGS}, .aikb-highlight[id], p[id], li[id], blockquote[id], a[id^="^"]`
  const article = () => document.querySelector("article.md-content__inner")
  const named = () => {
    try { return decodeURIComponent(location.hash.slice(1)) } catch { return "" }
  }
  /* Where reading begins: under the header, and the bar of contents on a phone. */
  const line = () => 8 + Math.max(0, ...[...document.querySelectorAll(".md-header, .md-sidebar--secondary")]
    .filter(each => getComputedStyle(each).display !== "none" && each.getBoundingClientRect().width > innerWidth * .9)
    .map(each => each.getBoundingClientRect().bottom).filter(bottom => bottom < innerHeight / 3))

  /* The address names what the reader has passed last; where a link has led stays until it has left the screen. */
  let places = [], landed = null, moved = false, timer
  const collect = () => {
    places = [...article()?.querySelectorAll(PLACES) ?? []].filter(each => !each.closest(".footnote, .aikb-backlinks, .aikb-unlinked"))
      .map(each => ({ id: each.id, node: each.tagName === "A" ? each.parentElement : each })) // a block's id is at its end
    land()
  }
  const land = () => {
    landed = named() ? document.getElementById(named()) : null
    if (!landed && named()) (landed = renamed(named()))?.scrollIntoView()
  }
  /* Links from elsewhere may have ids as Python-Markdown makes them, from before: without accents, `--` as `-`, `_1` for `-1`. */
  const bare = id => id.normalize("NFKD").replace(/[^\w-]/g, "").replace(/-+/g, "-").replace(/^-|-$/g, "").toLowerCase()
  const renamed = id => {
    const wanted = [bare(id), bare(id.replace(/(\w)_(\d+)$/, "$1-$2"))].filter(Boolean)
    return [...article()?.querySelectorAll(HEADINGS) ?? []].find(each => wanted.includes(bare(each.id))) ?? null
  }
  const seen = node => {
    const box = node.getBoundingClientRect()
    return box.bottom > 0 && box.top < innerHeight
  }
  const passed = () => {
    const top = line()
    let from = 0, to = places.length
    while (from < to) { /* they stand in the order of the page */
      const middle = (from + to) >> 1
      if (places[middle].node.getBoundingClientRect().top <= top) from = middle + 1
      else to = middle
    }
    for (let at = from - 1; at >= 0; at--) if (places[at].node.getClientRects().length) return places[at]
    return null
  }
  const follow = () => {
    if (!moved || document.querySelector("#__search:checked, #__drawer:checked")) return
    if (landed?.isConnected && seen(landed)) return
    landed = null
    const place = passed()
    const at = new URL(location.href)
    at.hash = place && place.node.tagName !== "H1" ? place.id : ""
    const whole = at.hash ? at.href : at.href.replace(/#$/, "")
    if (whole !== location.href) history.replaceState(history.state, "", whole)
    mark(place?.node)
  }
  addEventListener("scroll", () => { clearTimeout(timer); timer = setTimeout(follow, 150) }, { passive: true })
  for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"]) addEventListener(kind, () => { moved = true }, { passive: true })
  addEventListener("hashchange", land)
  addEventListener("click", event => {
    const link = event.target instanceof Element && event.target.closest("a[href]")
    if (!link) return
    clearTimeout(timer)
    follow() /* Back leads to where the reader was, not to where they were before */
    if (link.hash && link.pathname + link.search === location.pathname + location.search) link.target ||= "_self"
  }, true)

  /* A place on the same page is the browser's to go to. Material would load the page once more for the first of them, and put it
     in the place of what the reader has opened and of what has the focus. */
  const goes = window.location$
  if (goes) {
    const next = goes.next.bind(goes)
    let { pathname } = location
    goes.next = url => {
      const back = history.state
      if (url.pathname !== pathname || !url.hash && !back) next(url)
      else if (back) scrollTo(0, back.y)
      pathname = url.pathname
    }
  }

  /* Contents: what a very long note has too many of is added here. */
  const mark = place => {
    const toc = document.querySelector("[data-aikb-whole]")
    if (!toc) return
    const heading = place?.closest(HEADINGS) ?? [...article().querySelectorAll(HEADINGS)].findLast(each =>
      place && each.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING)
    for (const link of toc.querySelectorAll("a")) {
      const active = heading?.id === decodeURIComponent(link.hash.slice(1))
      link.classList.toggle("md-nav__link--active", active)
      if (active && link.offsetParent) link.scrollIntoView({ block: "nearest" })
    }
  }
  const headings = () => [...article()?.querySelectorAll(HEADINGS) ?? []].filter(each => each.getClientRects().length)
  const listed = item => {
    const list = document.createElement("ul")
    list.className = "md-nav__list"
    const box = item.appendChild(document.createElement("div"))
    box.className = "md-nav"
    return box.appendChild(list)
  }
  const complete = nav => {
    const list = nav.querySelector("ul")
    if (!list || !("aikbCut" in nav.dataset)) return
    delete nav.dataset.aikbCut
    list.dataset.aikbWhole = ""
    list.replaceChildren()
    const above = [{ level: 0, list }]
    for (const heading of headings().filter(each => each !== article().querySelector("h1"))) {
      const level = Number(heading.tagName[1])
      while (above.length > 1 && above.at(-1).level >= level) above.pop()
      const holder = above.at(-1)
      holder.list ??= listed(holder.item)
      const item = holder.list.appendChild(document.createElement("li"))
      item.className = "md-nav__item"
      const link = item.appendChild(document.createElement("a"))
      link.className = "md-nav__link"
      link.href = "#" + encodeURIComponent(heading.id)
      const text = link.appendChild(document.createElement("span"))
      text.className = "md-ellipsis"
      text.append(...[...heading.childNodes].filter(each => !each.classList?.contains("headerlink")).map(each => each.textContent))
      if (heading.lang) text.lang = heading.lang
      above.push({ level, item })
    }
  }

  /* Many headings: a box that leaves those with the words typed; Enter goes to the first. */
  const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/g, "oe")
  const jump = nav => {
    const list = nav.querySelector("ul")
    if (!list || !nav.dataset.aikbJump || nav.querySelector(".aikb-find")) return
    const input = document.createElement("input")
    Object.assign(input, { type: "search", className: "aikb-find", placeholder: nav.dataset.aikbJump, autocomplete: "off" })
    input.setAttribute("aria-label", nav.dataset.aikbJump)
    const none = document.createElement("p")
    none.className = "aikb-none"
    none.setAttribute("role", "status")
    list.before(input, none)
    const items = [...list.querySelectorAll("li")].reverse() // an entry after those in it
    input.oninput = () => {
      const wanted = plain(input.value.trim())
      let left = 0
      for (const item of items) {
        const own = plain(item.querySelector("a").textContent).includes(wanted)
        left += own
        item.hidden = !own && !item.querySelector("li:not([hidden])")
        item.toggleAttribute("data-aikb-found", own && wanted !== "")
      }
      none.textContent = left ? "" : nav.dataset.aikbNone
    }
    input.onkeydown = event => { if (event.key === "Enter") list.querySelector("[data-aikb-found] > a")?.click() }
  }
  const contents = () => {
    for (const nav of document.querySelectorAll(".md-nav--secondary")) {
      complete(nav)
      jump(nav)
      const box = nav.querySelector(".aikb-contents-open")
      if (!box || nav.dataset.aikbReady) continue
      nav.dataset.aikbReady = ""
      nav.addEventListener("click", event => { if (event.target.closest("a")) box.checked = false })
    }
  }

  /* The arrow keys go from section to section, where there are several. */
  const STEPS = 5
  const BUSY = "input, textarea, select, audio, video, pre, [contenteditable], [role=tablist], .md-typeset__scrollwrap, .tabbed-labels"
  const step = by => {
    const all = headings()
    const place = landed?.isConnected && seen(landed) ? landed : passed()?.node
    const numbered = all.filter(each => each.nextElementSibling?.classList.contains("aikb-steps"))
    const level = numbered.length ? "" : (place?.closest(HEADINGS) ?? all.find(each => each.tagName !== "H1"))?.tagName
    const steps = numbered.length ? numbered : all.filter(each => each.tagName === level)
    if (steps.length < STEPS) return false
    const at = steps.findLastIndex(each => each === place || (place && each.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING))
    const next = steps[at + by]
    if (!next) return false
    const address = new URL(location.href)
    address.hash = next.id
    history.replaceState(history.state, "", address) // or Back would go through all of them
    next.tabIndex = -1
    next.scrollIntoView()
    next.focus({ preventScroll: true })
    landed = next
    return true
  }
  addEventListener("keydown", event => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (!by || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing || event.defaultPrevented) return
    const on = event.target instanceof Element ? event.target : document.body
    if (on.closest(BUSY) || document.querySelector("#__search:checked, #__drawer:checked")) return
    if (step(by)) event.preventDefault()
  })

  /* A highlight is copied as a quotation of Markdown, with its source and its address. */
  addEventListener("click", ({ target }) => {
    const button = target instanceof Element && target.closest(".aikb-copy")
    if (!button) return
    const figure = button.closest("figure")
    const from = [document.querySelector("[data-caption]")?.dataset.caption, figure.querySelector(".aikb-place")?.textContent]
    const address = new URL(`#${figure.id}`, location)
    button.dataset.clipboardText = `${figure.querySelector("blockquote").innerText.trim()}\n\n— ${from.filter(Boolean).join(", ")} <${address}>`.replace(/^/gm, "> ")
  }, true)

  /* On paper contents are open, evidence is where the reader has opened some, and addresses of other sites are notes. */
  const printed = name => Object.assign(document.createElement(name), { className: "aikb-printed" })
  let opened = []
  const FOLDED = "aikb-folded" // not on paper, though Material opens everything there
  const folded = () => { for (const each of document.querySelectorAll("details.aikb-evidence:not([open])")) each.classList.add(FOLDED) }
  addEventListener("click", ({ target }) => {
    if (!(target instanceof Element) || !target.closest(".aikb-evidence:not([open]) > summary")) return
    for (const each of document.querySelectorAll(`.${FOLDED}`)) each.classList.remove(FOLDED)
  }, true)
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll(`details:not([open]):is(.aikb-evidence:not(.${FOLDED}), :has(> .aikb-contents))`)]
    for (const each of opened) each.open = true
    const notes = new Map(), list = printed("ol")
    for (const link of article()?.querySelectorAll("a[href^=http]") ?? []) {
      if (link.host === location.host || link.textContent === link.href) continue
      if (!notes.has(link.href)) {
        notes.set(link.href, notes.size + 1)
        list.appendChild(document.createElement("li")).textContent = link.href
      }
      const mark = printed("sup")
      mark.textContent = notes.get(link.href)
      link.after(mark)
    }
    if (notes.size) article().append(list)
  })
  addEventListener("afterprint", () => {
    for (const each of opened) each.open = false
    for (const each of document.querySelectorAll(".aikb-printed")) each.remove()
  })

  /* Material's bar of a block of code is no way through the site. */
  const plainBars = () => { for (const each of document.querySelectorAll(".md-code__nav")) each.setAttribute("role", "none") }

  const start = () => { moved = false; folded(); contents(); collect(); setTimeout(plainBars) }
  if (window.document$) {
    for (const nav of document.querySelectorAll(".md-nav--secondary")) complete(nav) // before Material reads its links
    window.document$.subscribe(start)
  } else start()
})()
