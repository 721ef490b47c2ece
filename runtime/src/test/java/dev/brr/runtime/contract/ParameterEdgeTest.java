package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients send at the edges of the styles. */
class ParameterEdgeTest {
    private static String read(OperationContract contract, FakeRequest request) {
        return Shown.parameters(contract.parameters().read(request));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "f[a]=1; {\"a\":1}",
                "f%5Ba%5D=1; {\"a\":1}",
                "f[a]=x; /a type",
                "f[a]=1&f[a]=2; /a type",
                "f[n][x]=1; {\"n\":{\"x\":1}}",
                "f[n][x]=1&f[n][y]=2&f[a]=3; {\"n\":{\"x\":1,\"y\":\"2\"},\"a\":3}",
                "f[n][x]=q; /n/x type",
                "f[l]=1&f[l]=2; {\"l\":[1,2]}",
                "f[l][]=1&f[l][]=2; {\"l\":[1,2]}",
                "f[l][0]=1&f[l][1]=2; {\"l\":[1,2]}",
                "f[l][1]=2; ` style`",
                "f[l][0]=1&f[l][0]=2; ` style`",
                "f[l][9999999999]=1; ` style`",
                "f[l][-1]=1; ` style`",
                "f[l][x]=1; ` style`",
                "f[o][0][k]=1&f[o][0][m]=2&f[o][1][k]=3; {\"o\":[{\"k\":1,\"m\":\"2\"},{\"k\":3}]}",
                "f[o][0]=1&f[o][0][k]=1; ` style`",
                "f[n]=1&f[n][x]=1; ` style`",
                "f[z][y]=1; {\"z\":{\"y\":\"1\"}}",
                "f[]=1; {\"\":\"1\"}",
                "f[a=1; ``",
                "f=1; ``",
                "g[a]=1; ``",
                "f[a][a][a][a][a][a][a][a][a][a][a][a][a][a][a][a][a]=1; ` style`",
            })
    void aDeepObjectNestsAsItsBracketsSay(String query, String expected) {
        // given
        OperationContract contract = Contracts.ofParameter("""
                name: f, in: query, style: deepObject, schema: {type: object, properties: {
                  a: {type: integer}, n: {type: object, properties: {x: {type: integer}}},
                  l: {type: array, items: {type: integer}},
                  o: {type: array, items: {type: object, properties: {k: {type: integer}}}}}}
                """.replace("\n", " "));

        // then
        assertThat(read(contract, FakeRequest.empty().withQuery(query))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "f=  | \"\"",
                "f   | \"\"",
                "f=true | true",
                "f=x | ` type`",
                "f=&f= | ` style`",
                "g=1 | ` required`",
            })
    void aParameterThatMayBeEmptyIsThereWithoutAValue(String query, String expected) {
        // given
        OperationContract contract = Contracts.ofParameter(
                "name: f, in: query, required: true, allowEmptyValue: true, schema: {type: boolean}");

        // then
        assertThat(read(contract, FakeRequest.empty().withQuery(query))).isEqualTo(expected);
    }

    @Test
    void elsewhereThanInTheQueryNothingMayBeEmpty() {
        // given
        OperationContract contract =
                Contracts.ofParameter("name: f, in: header, allowEmptyValue: true, schema: {type: boolean}");

        // then
        assertThat(read(contract, FakeRequest.empty().withHeader("f", ""))).isEqualTo(" type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "path     | simple | true  | R=1,G=2 | {\"R\":1,\"G\":2}",
                "path     | simple | false | R,1,G,x | /G type",
                "path     | matrix | true  | ;R=1;G=2 | {\"R\":1,\"G\":2}",
                "path     | label  | true  | .R=1.G=2 | {\"R\":1,\"G\":2}",
                "query    | form   | false | color=R,1 | {\"R\":1}",
                "query    | form   | true  | R=1&G=x | /G type",
                "query    | deepObject | true | color[R]=1 | {\"R\":1}",
            })
    void propertiesThatTheSchemaDoesNotNameHaveTheTypeOfTheOthers(
            String in, String style, boolean explode, String raw, String expected) {
        // given
        OperationContract contract = Contracts.ofParameter(
                "name: color, in: %s, style: %s, explode: %s, required: true, schema: {type: object, %s}"
                        .formatted(in, style, explode, "additionalProperties: {type: integer}"));
        FakeRequest request = in.equals("path")
                ? FakeRequest.empty().withPath("color", raw)
                : FakeRequest.empty().withQuery(raw);

        // then
        assertThat(read(contract, request)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "id=1 | [1]",
                "id=1&id=2 | [1,2]",
                "id=1; id=2 | [1,2]",
                "other=9; id=1&id=2; id=3 | [1,2,3]",
                "id=1&x=2 | /0 type",
                "id=%31 | [1]",
                "x=1 | ``",
            })
    void aListInACookieIsExplodedByAmpersandsOrIntoCookies(String cookies, String expected) {
        // given
        OperationContract contract =
                Contracts.ofParameter("name: id, in: cookie, schema: {type: array, items: {type: integer}}");

        // then
        assertThat(read(contract, FakeRequest.empty().withHeader("cookie", cookies)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "R=1&G=2 | {\"R\":1,\"G\":2}",
                "R=1; G=2 | {\"R\":1,\"G\":2}",
                "session=a&R=5; G=2 | {\"G\":2}",
                "R=x | /R type",
                "R=1&B=2 | /R type",
                "G=a+b&R=1 | {\"G\":\"a+b\",\"R\":1}",
                "session=a | ``",
            })
    void anObjectInACookieIsExplodedByAmpersandsOrIntoCookies(String cookies, String expected) {
        // given
        OperationContract contract = Contracts.ofParameter("name: color, in: cookie,"
                + " schema: {type: object, properties: {R: {type: integer}, G: {type: [integer, string]}}}");

        // then
        assertThat(read(contract, FakeRequest.empty().withHeader("cookie", cookies)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"id=1,2 | [1,2]", "id=1%2C2 | [1,2]", "id=1%2Cx | /0 type", "id= | []"})
    void commasOfAListInACookieMayBeEncoded(String cookies, String expected) {
        // given
        OperationContract contract = Contracts.ofParameter(
                "name: id, in: cookie, explode: false, schema: {type: array, items: {type: integer}}");

        // then
        assertThat(read(contract, FakeRequest.empty().withHeader("cookie", cookies)))
                .isEqualTo(expected);
    }

    @Test
    void aParameterOfAMediaTypeIsThereOnce() {
        // given
        OperationContract contract = Contracts.ofParameter(
                "name: f, in: query, content: {application/json: {schema: {type: array, items: {type: integer}}}}");

        // then
        assertThat(read(contract, FakeRequest.empty().withQuery("f=[1]"))).isEqualTo("[1]");
        assertThat(read(contract, FakeRequest.empty().withQuery("f=[1]&f=[2]"))).isEqualTo(" style");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1.0 | 1", "1e1 | 10", "-0.0 | 0", "12345678901.0 | 12345678901", "1.5 | ' type'"})
    void anIntegerWithAFractionOfZerosIsOne(String text, String expected) {
        // given
        OperationContract contract = Contracts.ofParameter("name: f, in: query, schema: {type: integer}");

        // then
        assertThat(read(contract, FakeRequest.empty().withQuery("f=" + text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "query | range=1&range=5 | {type: array, prefixItems: [{type: integer}, {type: integer}], items: false} | [1,5]",
                "query | range=1&range=x | {type: array, prefixItems: [{type: integer}, {type: integer}], items: false} | /1 type",
                "query | range=1&range=5&range=6 | {type: array, prefixItems: [{type: integer}, {type: integer}], items: false} | ` items`",
                "query | range=1&range=true&range=x&range=y | {type: array, prefixItems: [{type: integer}, {type: boolean}], items: {type: string}} | [1,true,\"x\",\"y\"]",
                "query | range=1&range=5 | {prefixItems: [{type: integer}]} | [1,\"5\"]",
                "header | 1,true | {type: array, prefixItems: [{type: integer}, {type: boolean}]} | [1,true]",
                "query | n-a=1 | {type: object, patternProperties: {'^n-': {type: integer}}} | {\"n-a\":1}",
                "header | n-a=1,b=true | {type: object, properties: {b: {type: boolean}}, patternProperties: {'^n-': {type: integer}}} | {\"n-a\":1,\"b\":true}",
                "query | kind=a&size=5 | {type: object, properties: {kind: {type: string}}, if: {properties: {kind: {const: a}}}, then: {properties: {size: {type: integer}}}} | {\"kind\":\"a\",\"size\":5}",
                "query | kind=b&size=5 | {type: object, properties: {kind: {type: string}}, if: {properties: {kind: {const: a}}}, else: {properties: {size: {type: integer}}}} | {\"kind\":\"b\",\"size\":5}",
                "query | kind=a&size=x | {type: object, properties: {kind: {type: string}}, if: {properties: {kind: {const: a}}}, then: {properties: {size: {type: integer}}}} | `/size type`",
                "query | kind=a&size=5 | {type: object, properties: {kind: {type: string}}, dependentSchemas: {kind: {required: [size], properties: {size: {type: integer}}}}} | {\"kind\":\"a\",\"size\":5}",
            })
    void everyKeywordThatSaysWhatAPartIsTypesItsText(String in, String raw, String schema, String expected) {
        // given
        OperationContract contract =
                Contracts.ofParameter("name: range, in: %s, explode: true, schema: %s".formatted(in, schema));
        FakeRequest request = in.equals("query")
                ? FakeRequest.empty().withQuery(raw)
                : FakeRequest.empty().withHeader("range", raw);

        // then
        assertThat(read(contract, request)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "f[n-a]=1&f[b]=2 | {\"n-a\":1,\"b\":\"2\"}",
                "f[t]=1&f[t]=true | {\"t\":[1,true]}",
                "f[t][0]=1&f[t][1]=true | {\"t\":[1,true]}",
                "f[t][]=1&f[t][]=x | /t/1 type",
            })
    void aDeepObjectHasTuplesAndPatternsToo(String query, String expected) {
        // given
        OperationContract contract =
                Contracts.ofParameter("name: f, in: query, style: deepObject, schema: {type: object,"
                        + " properties: {t: {type: array, prefixItems: [{type: integer}, {type: boolean}]}},"
                        + " patternProperties: {'^n-': {type: integer}}}");

        // then
        assertThat(read(contract, FakeRequest.empty().withQuery(query))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{type: array, maxItems: 1, items: {type: number}} | .3.14 | [3.14]",
                "{type: array, items: {type: string, pattern: '^v[0-9.]+$'}} | .v1.2 | [\"v1.2\"]",
                "{type: array, items: {type: string, pattern: '^v[0-9.]+$'}} | .v1.2,v3 | [\"v1.2\",\"v3\"]",
                "{type: array, items: {type: number}} | .3.14 | [3,14]",
                "{type: array, items: {type: integer}} | .1.x | /1 type",
                "{type: object, properties: {R: {type: number}}} | .R,3.5 | {\"R\":3.5}",
            })
    void dotsInALabelBelongToTheItemsWhereTheyCannotDelimit(String schema, String raw, String expected) {
        // given
        OperationContract contract =
                Contracts.ofParameter("name: color, in: path, style: label, required: true, schema: " + schema);

        // then
        assertThat(read(contract, FakeRequest.empty().withPath("color", raw))).isEqualTo(expected);
    }
}
