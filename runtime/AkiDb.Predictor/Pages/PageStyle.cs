namespace AkiDb.Predictor.Pages;

/// <summary>The look of this program's pages: light and dark, wide and narrow, nothing from elsewhere.</summary>
internal static class PageStyle
{
    /// <summary>Everything before a page's own content.</summary>
    /// <param name="title">Title, already escaped.</param>
    /// <param name="refreshSeconds">Seconds after which the page loads itself again; 0 for never.</param>
    public static string Head(string title, int refreshSeconds = 0) => $$$"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">{{{Refresh(refreshSeconds)}}}
        <title>{{{title}}}</title><style>
        :root{color-scheme:light dark;--ink:#1d2433;--soft:#5b6577;--line:#d9dee7;--page:#fff;--panel:#f6f8fb;--load:#2f6fde;--band:#2f6fde33;--other:#b8651b;--bad:#c8432f}
        @media(prefers-color-scheme:dark){:root{--ink:#e8ecf3;--soft:#9aa6ba;--line:#333c4d;--page:#12161e;--panel:#1a202b;--load:#6f9ff0;--band:#6f9ff033;--other:#e0a060;--bad:#ef7d6b}}
        *{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
        main{max-width:1080px;margin:0 auto;padding:28px 20px}h1{font-size:24px;margin:0}h2{font-size:17px;margin:28px 0 6px}
        p{margin:4px 0}.soft{color:var(--soft)}.bad{color:var(--bad);font-weight:600}.facts{display:flex;flex-wrap:wrap;gap:12px 36px;margin:16px 0}.facts b{display:block;font-size:22px}
        svg{width:100%;height:auto;display:block;background:var(--panel);border-radius:6px}svg text{fill:var(--soft);font:12px system-ui,sans-serif}
        .load{fill:none;stroke:var(--load);stroke-width:1.5}.other{fill:none;stroke:var(--other);stroke-width:1.5}.band{fill:var(--band);stroke:none}.miss{stroke:var(--bad);stroke-width:1.5}.grid{stroke:var(--line)}
        .key{display:inline-block;width:14px;height:3px;vertical-align:middle;margin:0 6px 0 14px}.scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%}th,td{text-align:right;padding:5px 8px;border-bottom:1px solid var(--line);white-space:nowrap;font-variant-numeric:tabular-nums}
        th{color:var(--soft);font-weight:500}th:first-child,td:first-child{text-align:left}tr.own{font-weight:600}details>summary{cursor:pointer;padding:8px 0}
        </style></head><body><main>
        """;

    /// <summary>Everything after it.</summary>
    public const string End = "</main></body></html>\n";

    private static string Refresh(int seconds) => seconds > 0 ? $"<meta http-equiv=\"refresh\" content=\"{seconds}\">" : "";
}
