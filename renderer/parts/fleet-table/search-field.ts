/** Id of the field that the command "find" goes to. */
export const SEARCH_FIELD = 'fleet-search'
