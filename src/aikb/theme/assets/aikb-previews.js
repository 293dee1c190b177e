/* What a link leads to, beside it: a term's first sentence, the beginning of a section, a highlight, a page or a list; and what a
   link in that leads to, beside it. Without it every link is a plain one. It listens to the document only, so instant navigation
   changes nothing. */
(() => {
  "use strict"
  const config = document.getElementById("__config")
  const base = new URL(config ? JSON.parse(config.textContent).base : ".", location.href)
  const root = base.href.endsWith("/") ? base.href : base.href + "/"
  const site = new URL("../", document.currentScript.src).href // of all trees
  const ID = "__aikb_tooltip", LEVELS = 2
  const shown = [] // previews, each of a link in the one before it: the link and its box, which comes when its text is there
  let data, asked, timer, touched, pinned, pressed

  const get = address => fetch(address).then(answer => answer.ok ? answer.json() : null).catch(() => null)
  const load = () => asked ??= get(root + "glossary/terms.json").then(found => data = found ?? {})
  const term = node => node instanceof Element ? node.closest("a[data-term]") : null

  /* Other places of the site: the file of a place is told by the CRC-32 of its address. */
  const files = new Map()
  const file = path => {
    if (!files.has(path)) files.set(path, get(site + path))
    return files.get(path)
  }
  const crc = text => {
    let sum = ~0
    for (const byte of new TextEncoder().encode(text)) {
      sum ^= byte
      for (let bit = 0; bit < 8; bit++) sum = sum >>> 1 ^ (sum & 1 && 0xEDB88320)
    }
    return ~sum >>> 0
  }
  const PLAIN = ".headerlink, .aikb-permalink, [data-term], [download], .md-content__button, .aikb-steps a, .aikb-strip a"
  const internal = node => {
    const found = node instanceof Element ? node.closest(".md-content a[href], .aikb-tooltip a") : null
    if (!found || found.matches(PLAIN) || !found.href.startsWith(site)) return null
    return found.hash || found.pathname !== location.pathname ? found : null
  }
  const note = found => { // a footnote is on the page itself
    const item = found.matches(".footnote-ref") ? document.getElementById(found.hash.slice(1)) : null
    return item && [["", "", [...item.querySelectorAll("p")].map(each => each.textContent).join(" ").replace("↩", ""), ""]]
  }
  const here = (found, id) => { // a block on this page, or nothing
    if (found.pathname !== location.pathname) return null
    const at = document.getElementById(id.slice(1))
    const block = at?.closest("p, li, blockquote, figure, table, pre")
    return [["", "", (block?.innerText ?? "").trim().slice(0, 300), ""]]
  }
  const preview = async found => {
    const meta = await file("previews/meta.json")
    let path = found.href.slice(site.length).replace(/[?#].*/s, "")
    const tree = meta?.trees.find(each => path.startsWith(each + "/"))
    if (tree) path = path.slice(tree.length + 1)
    let id = found.hash
    try { id = decodeURIComponent(id) } catch { /* as it stands */ }
    const at = async key => meta && (await file(`previews/${crc(key) % meta.count}.json`))?.[key]
    const entries = note(found) ?? await at(path + id) ?? here(found, id) ?? await at(path) // the title's own id, a block elsewhere
    const lang = document.documentElement.lang
    const [title, page, text, named, spoken, links] = entries?.find(each => each[3] === lang) ?? entries?.[0] ?? []
    return text && { label: title, page: page === title ? "" : page, text, named, lang: spoken ?? named, links }
  }
  const level = node => shown.findIndex(each => each.box?.contains(node)) // of the preview that something stands in, or -1
  const linked = node => term(node) ?? (level(node) < LEVELS - 1 ? internal(node) : null)

  const hide = (from = 0) => {
    clearTimeout(timer)
    if (!from) pinned = false
    for (const { link, box } of shown.splice(from)) {
      box?.remove()
      link.removeAttribute("aria-describedby")
      link.removeAttribute("aria-keyshortcuts")
    }
  }

  const place = (box, link) => {
    const all = [...link.getClientRects()]
    const at = all.find(each => each.width) ?? link.getBoundingClientRect()
    const width = document.documentElement.clientWidth
    const left = Math.max(8, Math.min(at.left, width - box.offsetWidth - 8))
    const bottom = all.length ? all[all.length - 1].bottom : at.bottom
    const below = bottom + box.offsetHeight + 12 < innerHeight || at.top < box.offsetHeight + 72
    box.style.left = left + scrollX + "px"
    box.style.top = (below ? bottom + 2 : at.top - box.offsetHeight - 2) + scrollY + "px"
  }

  const show = async link => {
    if (shown.some(each => each.link === link)) return
    const at = level(link) + 1, mine = { link }
    hide(at)
    shown[at] = mine
    const { term: name } = link.dataset
    if (name && !data) await load()
    const entry = !name ? await preview(link) : Object.hasOwn(data, name) && data[name]
    if (entry && shown[at] === mine && link.isConnected) open(mine, entry, ID + (at || ""))
  }

  const made = (name, textContent, lang) => Object.assign(document.createElement(name), { textContent, ...lang && { lang } })
  const open = (mine, { label, page, text, named, lang, links = [] }, id) => {
    const box = mine.box = made("div", "")
    Object.assign(box, { id, className: "aikb-tooltip md-typeset", tabIndex: -1 })
    box.setAttribute("role", links.length ? "dialog" : "tooltip")
    if (links.length) box.setAttribute("aria-label", label || text.slice(0, 60))
    else box.setAttribute("aria-live", "polite")
    const words = made("p", "", lang), letters = [...text]
    let after = 0
    for (const [start, length, to] of links) {
      const link = made("a", letters.slice(start, start + length).join(""))
      link.href = new URL(to, root)
      words.append(letters.slice(after, start).join(""), link)
      after = start + length
    }
    words.append(letters.slice(after).join(""))
    box.append(made("strong", label, named ?? lang), ...page ? [made("small", page)] : [], words)
    box.classList.toggle("aikb-tooltip--pinned", pinned)
    document.body.append(box)
    mine.link.setAttribute("aria-describedby", id)
    if (links.length) mine.link.setAttribute("aria-keyshortcuts", "Alt+ArrowDown")
    place(box, mine.link)
  }
  const pin = () => {
    pinned = true
    for (const { box } of shown) box?.classList.add("aikb-tooltip--pinned")
  }

  const later = (action, wait) => { clearTimeout(timer); timer = setTimeout(action, wait) }

  addEventListener("pointerover", ({ pointerType, target }) => {
    if (pointerType === "touch") return
    const inside = level(target), link = linked(target)
    if (pinned && inside < 0) return
    if (link) later(() => show(link), link.dataset.term ? 180 : 350)
    else if (inside >= 0) later(() => hide(inside + 1), 250)
    else if (!shown.some(each => each.link === document.activeElement)) later(hide, 250)
  })
  addEventListener("focusin", ({ target }) => {
    if (!asked && document.querySelector("a[data-term]")) load() // a screen reader reads the description with the link
    const link = linked(target)
    if (link?.matches(":focus-visible")) show(link)
    else if (level(target) < 0 && link !== shown[0]?.link) hide()
  })
  addEventListener("pointerdown", event => {
    touched = event.pointerType === "touch"
    pressed = false
    const link = touched && linked(event.target)
    if (link && !link.dataset.term) later(() => { pressed = true; show(link) }, 450)
  })
  const lifted = () => { if (!pressed) clearTimeout(timer) }
  addEventListener("pointerup", lifted)
  addEventListener("pointercancel", lifted)
  addEventListener("contextmenu", event => { if (pressed) event.preventDefault() })
  addEventListener("click", event => {
    const link = linked(event.target), stay = () => { event.preventDefault(); event.stopImmediatePropagation() }
    if (link?.dataset.term && touched && link !== shown[0]?.link) { /* the first tap says what it is, the second goes there */
      stay()
      show(link)
    } else if (pressed && link) { /* a long press shows, and goes nowhere */
      stay()
      pressed = false
    } else if (level(event.target) < 0) hide()
    else if (event.target.closest("a")) setTimeout(hide) // when it has been followed
    else pin()
  }, true)

  /* By key: Alt and the arrow lead into a preview, Tab out of it at its ends, Escape back. */
  const key = event => {
    const focused = document.activeElement, inside = level(focused)
    if (event.key === "Escape") {
      if (!shown.length) return
      const { link, box } = shown.at(-1)
      if (box?.contains(focused)) link.focus()
      hide(shown.length - 1)
      event.stopPropagation()
    } else if (event.key === "ArrowDown" && event.altKey) {
      const box = shown.find(each => each.link === focused)?.box
      if (!box) return
      pin()
      void (box.querySelector("a") ?? box).focus()
      event.preventDefault()
    } else if (event.key === "Tab" && inside >= 0) {
      const links = [...shown[inside].box.querySelectorAll("a")]
      if (links.length && focused !== links.at(event.shiftKey ? 0 : -1)) return
      shown[inside].link.focus()
      if (event.shiftKey) event.preventDefault()
    }
  }
  addEventListener("keydown", key, true)
  addEventListener("resize", () => hide())

  const ready = () => {
    if (!shown[0]?.link.isConnected) hide() // Material says that a page is there after a quick reader has come to a link of it
  }
  if (window.document$) window.document$.subscribe(ready)
})()
