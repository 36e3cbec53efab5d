/** What is wrong with a contract, and where: "tariffs[1].from", "lies inside tariffs[0], …". */
export type Fault = { readonly field: string; readonly message: string }
