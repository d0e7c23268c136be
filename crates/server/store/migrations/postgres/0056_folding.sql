-- The one spelling of a text that a search compares: small letters without accents and invisible signs. It must agree
-- with the search of the domain, whatever the locale of the database: its own lower() may know ASCII only.
CREATE FUNCTION knock_folded(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT replace(replace(replace(replace(
        translate(
            lower(regexp_replace(normalize($1, NFKD), '[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]', '', 'g')),
            'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯІЄҐЋЂЉЊЏЈЅØøŁłĐđÐðĦħıς‘’ẞÆŒÞ' || chr(9) || chr(10) || chr(13),
            'αβγδεζηθικλμνξοπρστυφχψωабвгдежзиклмнопрстуфхцчшщъыьэюяієґћђљњџјѕoollddddhhiσ''''ßæœþ   '
        ),
        'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')
$$;
