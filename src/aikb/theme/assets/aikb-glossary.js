/* What a link leads to, beside it: a term's first sentence, the beginning of a section, a highlight or a page. And a filter over
   the list of terms. Without it every link is a plain one. It listens to the document only, so instant navigation changes nothing. */
(() => {
  "use strict"
  const config = document.getElementById("__config")
  const base = new URL(config ? JSON.parse(config.textContent).base : ".", location.href)
  const root = base.href.endsWith("/") ? base.href : base.href + "/"
  const site = new URL("../", document.currentScript.src).href // of all trees
  const ID = "__aikb_tooltip"
  let data, asked, link, timer, touched, pinned, pressed, turn = 0

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
    const found = node instanceof Element ? node.closest(".md-content a[href]") : null
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
    const [title, page, text, named, spoken] = entries?.find(each => each[3] === lang) ?? entries?.[0] ?? []
    return text && { label: title, page: page === title ? "" : page, text, named, lang: spoken ?? named }
  }
  const inside = node => node instanceof Element && node.closest("#" + ID)

  const hide = () => {
    clearTimeout(timer)
    document.getElementById(ID)?.remove()
    turn++
    link?.removeAttribute("aria-describedby")
    link = pinned = undefined
  }

  const place = box => {
    const all = [...link.getClientRects()]
    const at = all.find(each => each.width) ?? link.getBoundingClientRect()
    const width = document.documentElement.clientWidth
    const left = Math.max(8, Math.min(at.left, width - box.offsetWidth - 8))
    const bottom = all.length ? all[all.length - 1].bottom : at.bottom
    const below = bottom + box.offsetHeight + 12 < innerHeight || at.top < box.offsetHeight + 72
    box.style.left = left + scrollX + "px"
    box.style.top = (below ? bottom + 2 : at.top - box.offsetHeight - 2) + scrollY + "px"
  }

  const show = node => {
    if (node === link) return
    hide()
    link = node
    const asking = turn
    const current = entry => turn === asking && node.isConnected && entry && open(node, entry)
    const known = () => Object.hasOwn(data, node.dataset.term) && data[node.dataset.term]
    if (!node.dataset.term) preview(node).then(current)
    else if (data) current(known())
    else load().then(() => current(known()))
  }

  const open = (node, entry) => {
    const box = document.createElement("div")
    box.id = ID
    box.className = "aikb-tooltip md-typeset"
    box.setAttribute("role", "tooltip")
    box.setAttribute("aria-live", "polite")
    const label = box.appendChild(document.createElement("strong"))
    label.textContent = entry.label
    if (entry.page) box.append(Object.assign(document.createElement("small"), { textContent: entry.page }))
    const text = box.appendChild(document.createElement("p"))
    text.textContent = entry.text
    box.onclick = () => { pinned = true }
    if (entry.lang) text.lang = entry.lang
    if (entry.named ?? entry.lang) label.lang = entry.named ?? entry.lang
    document.body.append(box)
    node.setAttribute("aria-describedby", ID)
    place(box)
  }

  const later = (action, wait) => { clearTimeout(timer); timer = setTimeout(action, wait) }

  addEventListener("pointerover", event => {
    if (event.pointerType === "touch") return
    const node = term(event.target) ?? internal(event.target)
    if (pinned) return
    if (node) later(() => show(node), node.dataset.term ? 180 : 350)
    else if (inside(event.target)) clearTimeout(timer)
    else if (document.activeElement !== link || !link) later(hide, 250)
  })
  addEventListener("focusin", event => {
    if (!asked && document.querySelector("a[data-term]")) load() // a screen reader reads the description with the link
    const node = term(event.target) ?? internal(event.target)
    if (node && node.matches(":focus-visible")) show(node)
    else if (link && node !== link && !inside(event.target)) hide()
  })
  addEventListener("pointerdown", event => {
    touched = event.pointerType === "touch"
    pressed = false
    const node = touched && internal(event.target)
    if (node) later(() => { pressed = true; show(node) }, 450)
  })
  const lifted = () => { if (!pressed) clearTimeout(timer) }
  addEventListener("pointerup", lifted)
  addEventListener("pointercancel", lifted)
  addEventListener("contextmenu", event => { if (pressed) event.preventDefault() })
  addEventListener("click", event => {
    const node = term(event.target)
    if (node && touched && node !== link) { /* the first tap says what it is, the second goes there */
      event.preventDefault()
      event.stopImmediatePropagation()
      show(node)
    } else if (pressed && internal(event.target)) { /* a long press shows, and goes nowhere */
      event.preventDefault()
      event.stopImmediatePropagation()
      pressed = false
    } else if (!inside(event.target)) hide()
  }, true)
  addEventListener("keydown", event => {
    if (event.key !== "Escape" || !document.getElementById(ID)) return
    hide()
    event.stopPropagation()
  }, true)
  addEventListener("resize", hide)

  /* The list of terms. */
  const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/g, "oe").replace(/[\s\-_’']+/g, " ")
  const entries = nav => {
    const found = []
    for (let node = nav.nextElementSibling; node; node = node.nextElementSibling) {
      if (node.matches("h2")) found.push([])
      found[found.length - 1]?.push(node)
    }
    return found
  }
  const filter = () => {
    const nav = document.querySelector(".aikb-letters[data-filter]")
    if (!nav || nav.dataset.ready) return
    nav.dataset.ready = "yes"
    const input = document.createElement("input")
    Object.assign(input, { type: "search", className: "aikb-find", placeholder: nav.dataset.filter, autocomplete: "off" })
    input.setAttribute("aria-label", nav.dataset.filter)
    const none = document.createElement("p")
    none.className = "aikb-none"
    none.setAttribute("role", "status")
    document.querySelector(".aikb-tools").append(input, none)
    const all = entries(nav)
    const names = all.map(nodes => plain(nodes.filter(node => node.matches("h2, .aikb-names")).map(node => node.textContent).join(" ")))
    input.addEventListener("input", () => {
      const wanted = plain(input.value.trim())
      let left = 0
      all.forEach((nodes, at) => {
        const shown = names[at].includes(wanted)
        left += shown
        for (const node of nodes) node.hidden = !shown
      })
      none.textContent = left ? "" : nav.dataset.none
      nav.classList.toggle("aikb-letters--idle", wanted !== "")
    })
  }
  const ready = () => {
    if (!link?.isConnected) hide() // Material says that a page is there after a quick reader has come to a link of it
    filter()
  }
  if (window.document$) window.document$.subscribe(ready)
  else document.addEventListener("DOMContentLoaded", ready)
  ready()
})()
