export function Decisions() {
  return (
    <section className="screen" aria-label="Decisions">
      <header className="screen-head">
        <h1>Decisions</h1>
      </header>
    </section>
  )
}
