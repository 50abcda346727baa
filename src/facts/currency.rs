//! Currencies and how they are written.

/// A currency, its spellings, and roughly how many of it a dollar buys. The rate only
/// tells a monthly sum from a yearly one, so being off by half does no harm.
pub(super) struct Currency {
    /// Its ISO code.
    pub code: &'static str,
    /// How else it is written, in lower case.
    pub spellings: &'static [&'static str],
    /// How many of it a dollar buys.
    pub per_dollar: f64,
}

const fn currency(code: &'static str, spellings: &'static [&'static str], per_dollar: f64) -> Currency {
    Currency { code, spellings, per_dollar }
}

/// All in lower case; three-letter codes need not be repeated.
pub(super) const CURRENCIES: &[Currency] = &[
    currency("USD", &["$", "us$", "us $", "usd$", "usd $", "dollars"], 1.0),
    currency("EUR", &["€", "euro", "euros"], 1.0),
    currency("GBP", &["£", "gbp£", "gbp £", "pounds"], 1.0),
    currency("CAD", &["ca$", "c$", "cad$", "cad $", "cdn$", "cdn"], 1.0),
    currency("AUD", &["a$", "au$", "aud$", "aud $"], 1.0),
    currency("NZD", &["nz$", "nzd$", "nzd $"], 1.5),
    currency("SGD", &["s$", "sg$", "sgd$", "sgd $"], 1.0),
    currency("HKD", &["hk$", "hkd$", "hkd $"], 8.0),
    currency("CHF", &["sfr", "sfr.", "fr."], 1.0),
    currency("INR", &["₹", "rs", "rs.", "inr ₹", "rupees"], 80.0),
    currency("PLN", &["zł", "zl"], 4.0),
    currency("SEK", &[], 10.0),
    currency("NOK", &[], 10.0),
    currency("DKK", &[], 7.0),
    currency("CZK", &["kč"], 23.0),
    currency("HUF", &["ft"], 350.0),
    currency("RON", &[], 4.5),
    currency("UAH", &["₴"], 40.0),
    currency("TRY", &["₺"], 25.0),
    currency("ILS", &["₪", "nis"], 3.5),
    currency("AED", &[], 3.7),
    currency("SAR", &[], 3.7),
    currency("ZAR", &["r", "rand"], 18.0),
    currency("NGN", &["₦", "naira"], 800.0),
    currency("KES", &["ksh", "ksh.", "kshs", "kshs."], 130.0),
    currency("BRL", &["r$"], 5.0),
    currency("MXN", &["mx$", "mxn$", "mxn $"], 18.0),
    currency("COP", &[], 4_000.0),
    currency("PHP", &["₱"], 55.0),
    currency("JPY", &["¥", "yen"], 140.0),
    currency("CNY", &["rmb"], 7.0),
    currency("KRW", &["₩"], 1_300.0),
    currency("MYR", &["rm", "ringgit"], 4.5),
    currency("THB", &["฿"], 35.0),
    currency("IDR", &["rp", "rp."], 15_000.0),
    currency("VND", &["₫"], 24_000.0),
    currency("TWD", &["nt$"], 30.0),
];
