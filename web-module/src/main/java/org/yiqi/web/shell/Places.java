package org.yiqi.web.shell;

import java.util.List;

/** Every place of the navigation, in the order it is shown; those that a role uses most come first within their group. */
final class Places {

    private static final String EQUIPMENT = "shell.nav.equipment";
    private static final String BUSINESS = "shell.nav.business";
    private static final String PARTNERS = "shell.nav.partners";
    static final String OVERSIGHT = "shell.nav.oversight";
    private static final String SETTINGS = "shell.nav.settings";

    /** Who uses devices, keeps them going, or watches over that. */
    private static final String[] CARING = {
        "EQUIPMENT", "CLINICAL", "TECHNICIAN", "SUPPLIER", "PLATFORM_OPERATOR", "REGULATOR"
    };

    /** Who lends, borrows, pays, or watches over that. */
    private static final String[] TRADING = {
        "EQUIPMENT", "CLINICAL", "FINANCE", "SUPPLIER", "ORG_ADMIN", "PLATFORM_OPERATOR", "REGULATOR", "AUDITOR"
    };

    /** Who needs, plans, approves and buys, or watches over that. */
    private static final String[] BUYING = {
        "EQUIPMENT", "CLINICAL", "FINANCE", "COMMITTEE", "PARTY_COMMITTEE", "REGULATOR", "AUDITOR"
    };

    /** Who disposes of devices, approves it, takes them, or watches over that. */
    private static final String[] DISPOSING = {
        "EQUIPMENT", "FINANCE", "COMMITTEE", "PARTY_COMMITTEE", "RECYCLER", "REGULATOR", "AUDITOR"
    };

    /** Who may have to answer for a damage, assess it, or watch over that. */
    private static final String[] ANSWERING = {
        "EQUIPMENT",
        "CLINICAL",
        "FINANCE",
        "SIGNATORY",
        "TECHNICIAN",
        "SUPPLIER",
        "CARRIER",
        "PLATFORM_OPERATOR",
        "REGULATOR",
        "AUDITOR"
    };

    /** Who judges bids, or admits those who do. */
    private static final String[] EXPERTS = {
        "EQUIPMENT", "CLINICAL", "FINANCE", "TECHNICIAN", "COMMITTEE", "REGULATOR", "AUDITOR"
    };

    static final List<Place> ALL = List.of(
            Place.of("", "/index", "home", "shell.nav.home"),
            Place.of(EQUIPMENT, "/equipment/units", "box", "shell.nav.units"),
            Place.of(EQUIPMENT, "/equipment/models", "book", "shell.nav.models"),
            Place.of(EQUIPMENT, "/telemetry/episodes", "heart", "shell.nav.health", CARING),
            Place.of(BUSINESS, "/rental/search", "calendar-plus", "shell.nav.find", "EQUIPMENT", "CLINICAL"),
            Place.of(BUSINESS, "/rental/rentals", "calendar", "shell.nav.rentals", TRADING),
            Place.of(BUSINESS, "/rental/offers", "tags", "shell.nav.offers", TRADING),
            Place.of(BUSINESS, "/rental/liabilities", "exclamation-triangle", "shell.nav.damage", ANSWERING),
            Place.of(BUSINESS, "/maintenance/orders", "wrench", "shell.nav.orders", CARING),
            Place.of(BUSINESS, "/procurement/plans", "shopping-cart", "shell.nav.plans", BUYING),
            Place.of(BUSINESS, "/procurement/tenders", "megaphone", "shell.nav.tenders"),
            Place.of(
                    BUSINESS,
                    "/procurement/contracts",
                    "file-edit",
                    "shell.nav.contracts",
                    "EQUIPMENT",
                    "CLINICAL",
                    "FINANCE",
                    "COMMITTEE",
                    "PARTY_COMMITTEE",
                    "SIGNATORY",
                    "SUPPLIER",
                    "REGULATOR",
                    "AUDITOR"),
            Place.of(
                    BUSINESS,
                    "/procurement/complaints",
                    "comment",
                    "shell.nav.complaints",
                    "EQUIPMENT",
                    "SIGNATORY",
                    "SUPPLIER",
                    "REGULATOR",
                    "AUDITOR"),
            Place.of(BUSINESS, "/procurement/low-prices", "comments", "shell.nav.low", "SUPPLIER"),
            Place.of(BUSINESS, "/procurement/products", "star", "shell.nav.catalogue"),
            Place.of(BUSINESS, "/procurement/prices", "chart-line", "shell.nav.prices"),
            Place.of(BUSINESS, "/procurement/needs", "inbox", "shell.nav.needs", "EQUIPMENT", "CLINICAL"),
            Place.of(BUSINESS, "/procurement/experts", "users", "shell.nav.experts", EXPERTS),
            Place.of(BUSINESS, "/disposal/disposals", "trash", "shell.nav.disposals", DISPOSING),
            Place.of(
                    BUSINESS,
                    "/disposal/auctions",
                    "megaphone",
                    "shell.nav.auctions",
                    "RECYCLER",
                    "EQUIPMENT",
                    "COMMITTEE"),
            Place.of(BUSINESS, "/billing/statements", "wallet", "shell.nav.billing", TRADING),
            Place.of(PARTNERS, "/organisation/organisations", "building", "shell.nav.organisations"),
            Place.of(PARTNERS, "/organisation/reviews", "verified", "shell.nav.reviews", "PLATFORM_REVIEWER"),
            Place.of(PARTNERS, "/organisation/people", "users", "shell.nav.people", "ORG_ADMIN"),
            Place.of(OVERSIGHT, "/oversight/board", "flag", "shell.nav.board", "REGULATOR"),
            Place.of(OVERSIGHT, "/oversight/trace", "history", "shell.nav.trace"),
            Place.of(
                    OVERSIGHT,
                    "/oversight/recalls",
                    "megaphone",
                    "shell.nav.recalls",
                    "REGULATOR",
                    "EQUIPMENT",
                    "SIGNATORY",
                    "SUPPLIER"),
            Place.of(
                    OVERSIGHT,
                    "/oversight/adverse-events",
                    "heart-fill",
                    "shell.nav.adverse",
                    "REGULATOR",
                    "CLINICAL",
                    "EQUIPMENT"),
            Place.of(
                    OVERSIGHT,
                    "/procurement/red-flags",
                    "flag",
                    "shell.nav.flags",
                    "REGULATOR",
                    "AUDITOR",
                    "EQUIPMENT",
                    "FINANCE"),
            Place.of(OVERSIGHT, "/oversight/samplings", "list", "shell.nav.samplings", "REGULATOR"),
            Place.of(OVERSIGHT, "/oversight/looks", "eye", "shell.nav.looks", "ORG_ADMIN", "REGULATOR"),
            Place.of(OVERSIGHT, "/oversight/exports", "send", "shell.nav.exports", "ORG_ADMIN", "REGULATOR"),
            Place.of(
                    OVERSIGHT,
                    "/oversight/cases",
                    "shield",
                    "shell.nav.cases",
                    "REGULATOR",
                    "PLATFORM_OPERATOR",
                    "ORG_ADMIN"),
            Place.of(OVERSIGHT, "/ledger/acts", "pencil", "shell.nav.acts", "SIGNATORY"),
            Place.of(OVERSIGHT, "/ledger/keys", "id-card", "shell.nav.ledger-keys", "SIGNATORY", "ORG_ADMIN"),
            Place.of(OVERSIGHT, "/ledger/time", "clock", "shell.nav.time", "REGULATOR", "PLATFORM_OPERATOR"),
            Place.of(OVERSIGHT, "/ledger/evidence", "lock", "shell.nav.evidence"),
            Place.of(
                    OVERSIGHT,
                    "/ledger/relay",
                    "server",
                    "shell.nav.ledger",
                    "PLATFORM_OPERATOR",
                    "REGULATOR",
                    "AUDITOR"),
            Place.of(SETTINGS, "/organisation/tokens", "key", "shell.nav.tokens"),
            Place.of(
                    SETTINGS,
                    "/telemetry/webhooks",
                    "send",
                    "shell.nav.webhooks",
                    "ORG_ADMIN",
                    "EQUIPMENT",
                    "TECHNICIAN",
                    "SUPPLIER",
                    "PLATFORM_OPERATOR"),
            Place.of(SETTINGS, "/audit/log", "list", "shell.nav.audit", "AUDITOR", "REGULATOR"));

    private Places() {}
}
