package io.ebb.orchestrator.drain;

import java.time.Duration;

/** Terms that differ from others in what a test is about. */
public final class TermsOf {
    private Terms terms;

    private TermsOf(Terms terms) {
        this.terms = terms;
    }

    /** The defaults, but for what is said next. */
    public static TermsOf defaults() {
        return new TermsOf(Terms.DEFAULT);
    }

    /** These, but for what is said next. */
    public static TermsOf like(Terms terms) {
        return new TermsOf(terms);
    }

    public Terms build() {
        return terms;
    }

    public TermsOf action(Terms.Action action) {
        return with(new Part(action, terms.start(), terms.approve(), terms.atDeadline()));
    }

    public TermsOf start(Terms.Start start) {
        return with(new Part(terms.action(), start, terms.approve(), terms.atDeadline()));
    }

    public TermsOf approve(Terms.Approve approve) {
        return with(new Part(terms.action(), terms.start(), approve, terms.atDeadline()));
    }

    public TermsOf atDeadline(Terms.AtDeadline atDeadline) {
        return with(new Part(terms.action(), terms.start(), terms.approve(), atDeadline));
    }

    private record Part(
            Terms.Action action,
            Terms.Start start,
            Terms.Approve approve,
            Terms.AtDeadline atDeadline) {}

    private TermsOf with(Part part) {
        terms =
                new Terms(
                        part.action(),
                        part.start(),
                        terms.lead(),
                        terms.longestDrain(),
                        terms.margin(),
                        terms.quiet(),
                        terms.remaining(),
                        part.approve(),
                        part.atDeadline(),
                        terms.belowMinimum(),
                        terms.unmanaged(),
                        terms.waitWithoutAgent(),
                        terms.approveWithoutAgent(),
                        terms.withoutAgent());
        return this;
    }

    public TermsOf times(Duration longestDrain, Duration margin, Duration quiet) {
        terms =
                new Terms(
                        terms.action(),
                        terms.start(),
                        terms.lead(),
                        longestDrain,
                        margin,
                        quiet,
                        terms.remaining(),
                        terms.approve(),
                        terms.atDeadline(),
                        terms.belowMinimum(),
                        terms.unmanaged(),
                        terms.waitWithoutAgent(),
                        terms.approveWithoutAgent(),
                        terms.withoutAgent());
        return this;
    }

    public TermsOf quiet(Duration quiet) {
        return times(terms.longestDrain(), terms.margin(), quiet);
    }

    public TermsOf unmanaged(Terms.Unmanaged unmanaged) {
        return guards(terms.remaining(), terms.belowMinimum(), unmanaged);
    }

    public TermsOf belowMinimum(Terms.BelowMinimum belowMinimum) {
        return guards(terms.remaining(), belowMinimum, terms.unmanaged());
    }

    public TermsOf remaining(int remaining) {
        return guards(remaining, terms.belowMinimum(), terms.unmanaged());
    }

    private TermsOf guards(
            int remaining, Terms.BelowMinimum belowMinimum, Terms.Unmanaged unmanaged) {
        terms =
                new Terms(
                        terms.action(),
                        terms.start(),
                        terms.lead(),
                        terms.longestDrain(),
                        terms.margin(),
                        terms.quiet(),
                        remaining,
                        terms.approve(),
                        terms.atDeadline(),
                        belowMinimum,
                        unmanaged,
                        terms.waitWithoutAgent(),
                        terms.approveWithoutAgent(),
                        terms.withoutAgent());
        return this;
    }

    public TermsOf withoutAgent(Duration wait, boolean approve, Terms.WithoutAgent back) {
        terms =
                new Terms(
                        terms.action(),
                        terms.start(),
                        terms.lead(),
                        terms.longestDrain(),
                        terms.margin(),
                        terms.quiet(),
                        terms.remaining(),
                        terms.approve(),
                        terms.atDeadline(),
                        terms.belowMinimum(),
                        terms.unmanaged(),
                        wait,
                        approve,
                        back);
        return this;
    }
}
