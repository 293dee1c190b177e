/* A filter over the list of terms. */
(() => {
  "use strict"
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
  if (window.document$) window.document$.subscribe(filter)
  else filter()
})()
