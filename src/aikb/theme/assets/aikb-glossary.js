/* The glossary's script: a term's first sentence beside its links, and a filter over the list of terms.
   Without it every term is a plain link. It listens to the document only, so instant navigation changes nothing. */
(() => {
  "use strict"
  const config = document.getElementById("__config")
  const base = new URL(config ? JSON.parse(config.textContent).base : ".", location.href)
  const root = base.href.endsWith("/") ? base.href : base.href + "/"
  const ID = "aikb-tooltip"
  let data, asked, link, timer, touched

  const load = () => asked ??= fetch(root + "glossary/terms.json")
    .then(answer => answer.ok ? answer.json() : {}).catch(() => ({})).then(found => data = found)
  const term = node => node instanceof Element ? node.closest("a[data-term]") : null
  const inside = node => node instanceof Element && node.closest("#" + ID)

  const hide = () => {
    clearTimeout(timer)
    document.getElementById(ID)?.remove()
    link?.removeAttribute("aria-describedby")
    link = undefined
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
    if (data) open(node)
    else load().then(() => link === node && node.isConnected && open(node))
  }

  const open = node => {
    const entry = data[node.dataset.term]
    if (!entry) return
    const box = document.createElement("div")
    box.id = ID
    box.className = "aikb-tooltip md-typeset"
    box.setAttribute("role", "tooltip")
    box.setAttribute("aria-live", "polite")
    const label = box.appendChild(document.createElement("strong"))
    label.textContent = entry.label
    const text = box.appendChild(document.createElement("p"))
    text.textContent = entry.text
    if (entry.lang) label.lang = text.lang = entry.lang
    document.body.append(box)
    node.setAttribute("aria-describedby", ID)
    place(box)
  }

  const later = (action, wait) => { clearTimeout(timer); timer = setTimeout(action, wait) }

  addEventListener("pointerover", event => {
    if (event.pointerType === "touch") return
    const node = term(event.target)
    if (node) later(() => show(node), 180)
    else if (inside(event.target)) clearTimeout(timer)
    else if (link && document.activeElement !== link) later(hide, 250)
  })
  addEventListener("focusin", event => {
    if (!asked && document.querySelector("a[data-term]")) load() // a screen reader reads the description with the link
    const node = term(event.target)
    if (node && node.matches(":focus-visible")) show(node)
    else if (link && !inside(event.target)) hide()
  })
  addEventListener("pointerdown", event => { touched = event.pointerType === "touch" })
  addEventListener("click", event => {
    const node = term(event.target)
    if (node && touched && node !== link) { /* the first tap says what it is, the second goes there */
      event.preventDefault()
      event.stopImmediatePropagation()
      show(node)
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
      if (node.matches("form, .aikb-none[role]")) continue
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
    nav.before(input)
    nav.after(none)
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
  const ready = () => { hide(); filter() }
  if (window.document$) window.document$.subscribe(ready)
  else document.addEventListener("DOMContentLoaded", ready)
  ready()
})()
