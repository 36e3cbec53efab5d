/** A heading as it is compared: whatever its case, and however the words are spaced or broken into lines. */
export const foldHeading = (heading: string): string => heading.toLowerCase().replace(/\s+/g, ' ').trim()

/** Without signs and spaces, of a text in lower case. */
export const squeeze = (name: string) => name.replace(/[^a-z0-9]+/g, '')

/** "Power (kW)", "Fee [%]": the name and the unit. */
export const UNIT_IN_BRACKETS = /^(.*?)[\s_]*[([]\s*([^()[\]]+?)\s*[)\]]\s*$/
