/** On paper what is under water is hatched and what waits is dotted, so that it reads without colour. */
export function StatePatterns() {
  return (
    <defs>
      <pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect className="under-ground" width="4" height="4" />
        <line className="under-stroke" x1="0" y1="0" x2="0" y2="4" />
      </pattern>
      <pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse">
        <rect className="waits-ground" width="5" height="5" />
        <circle className="waits-dot" cx="2.5" cy="2.5" r="0.8" />
      </pattern>
    </defs>
  )
}
