// lz-string in its form for addresses: what most pages that put their state into a link use.

import lz from 'lz-string';

export const pack = (text) => lz.compressToEncodedURIComponent(text);
export const unpack = (text) => lz.decompressFromEncodedURIComponent(text);
