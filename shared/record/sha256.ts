// SHA-256 of text, everywhere: `crypto.subtle` is missing on plain http, so the record does not lean on it.
import { sha256 as digest } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** 64 lower-case hexadecimal digits of the SHA-256 of the text's UTF-8 bytes. */
export const sha256 = (text: string): string => bytesToHex(digest(utf8ToBytes(text)))
