//! Names of files that look like the domain of an address: people mark sizes and versions with `@`, as in `logo@2x.png`.

/// Endings of files under which there are no addresses, or hardly any (`zip`, `mov`).
const FILES: &str = "7z aac accdb aep aif aiff amr apk apng arw asc ase asp aspx avi avif avro bak bat bib bin blend bmp bz2 cbr cbz cdr \
    cer cfg cgi cmd conf cpp crt crx cs csr css csv dat db dbf dcm deb der divx djvu dll dmg dng doc docm docx dotx dta \
    dwg dxf dylib emf eml env eot eps epub exe exr fig fla flac flv geojson gif glb gltf gpg gpx gradle gz hdr heic heics \
    heif hpp htm html hwp hwpx icns ico ics img indd ini ipa ipynb iso jar java jfif jks jpe jpeg jpg js json jsonl jsp \
    jsx jxl key kml kmz kt less lnk lock log lottie lua m2ts m4a m4v mat mbox mdb mht mhtml mid midi mjs mka mkv mov mp3 \
    mp4 mpeg mpg mpp msg msi mts ndjson nef numbers obj odf odg odp ods odt ogg ogv old opus orf ost otf ova pages parquet \
    pat pdf pem pfx php phtml pict pkg plist png potx pps ppsx ppt pptm pptx prproj psb psd pst ram rar raw rb rdata rpm \
    rtf sav scala scss shp shtml sig sketch skp sql sqlite srt step stl stp strings svg swf swift swp tar tex tga tgz tif \
    tiff tmp toml torrent ts tsv tsx ttf txt url usdz vcard vcf vmdk vob vsd vsdx vtt vue war wasm wav webarchive webm \
    webmanifest webp wks wma wmf wmv woff woff2 wpd xcf xd xhtml xla xlam xls xlsb xlsm xlsx xltm xltx xml xps xz yaml yml \
    zip zipx zst";
/// Endings of files that are those of domains as well.
const BOTH: &str = "ai br cab dds map md mobi pl properties ps pub py rs sh so";

/// Whether a domain is the name of a file rather, in lower case.
pub(super) fn is_file(domain: &str) -> bool {
    let Some((name, ending)) = domain.rsplit_once('.') else { return false };
    let is_in = |list: &str| list.split(' ').any(|known| known == ending);
    is_in(FILES) || is_in(BOTH) && name.split('.').all(is_size)
}

/// Whether a part of a name is a size or a version: `2x`, `v3`.
fn is_size(part: &str) -> bool {
    let number = part.strip_prefix('v').or(part.strip_suffix('x')).unwrap_or(part);
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_ending_and_by_its_size() {
        for (domain, expected) in [
            ("2x.jpg", true),
            ("final.pages", true),
            ("old.pst", true),
            ("2026.parquet", true),
            ("q4.numbers", true),
            ("print.css", true),
            ("2x.ai", true),
            ("1.5x.ai", true),
            ("v2.md", true),
            ("acme.ai", false),
            ("x2ai.ai", false),
            ("docs.acme.sh", false),
            ("acme.pub", false),
            ("acme.dev", false),
            ("acme.io", false),
            ("acme.me", false),
            ("2x.com", false),
            ("pages.dev", false),
            ("numbers.example", false),
            ("css", false),
        ] {
            assert_eq!(is_file(domain), expected, "{domain}");
        }
    }
}
